package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The test kits of other languages, each tested in its own language with its own runner.
class OtherLanguagesTest {
    private static final Path CLIENTS = Path.of("../clients").toAbsolutePath().normalize();
    private static final int PATIENCE_SECONDS = 240;

    @TempDir
    private Path folder;

    @Test
    void python() throws IOException, InterruptedException {
        require("python3", "-c", "import pytest, boto3");

        succeeds(CLIENTS.resolve("python"), "python3", "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests");
    }

    @Test
    void node() throws IOException, InterruptedException {
        require("node", "-e", "if (parseInt(process.versions.node) < 20) process.exit(1)");

        succeeds(CLIENTS.resolve("node"), "node", "--test");
    }

    /// Ends the test as not run where the machine lacks what `command` needs.
    private void require(String... command) throws IOException, InterruptedException {
        try {
            if (start(folder, command).waitFor() == 0) {
                return;
            }
        } catch (IOException missing) {
            abort("NOT RUN: " + missing.getMessage());
        }
        abort("NOT RUN: this machine fails " + String.join(" ", command));
    }

    private void succeeds(Path where, String... command) throws IOException, InterruptedException {
        Process tests = start(where, command);

        assertThat(tests.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(tests.exitValue())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
    }

    private Process start(Path where, String... command) throws IOException {
        var builder = new ProcessBuilder(List.of(command))
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("CLOUDJAR", program().toString());
        return builder.start();
    }

    /// The program as the launcher would run it, from the class path of this test.
    private Path program() throws IOException {
        Path program = folder.resolve("cloudjar");
        Files.writeString(program, """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -Dio.netty.jfr.enabled=false --enable-native-access=ALL-UNNAMED \
                  --sun-misc-unsafe-memory-access=allow -cp '%s' dev.cloudjar.app.Cloudjar "$@"
                """.formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path")));
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
