package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `cloudjar`, over a release laid out of this build, and what it tells those who err.
class LauncherTest {
    private static final Path SCRIPT = Path.of("../cloudjar").toAbsolutePath().normalize();
    private static final String READY =
            "Cloudjar is ready at http://localhost:\\d+ \\(data in .*/data, started in \\d+ ms\\)";

    @TempDir
    private Path folder;

    private Path release;

    private record Outcome(int status, String said) {}

    /// A runtime that is this one, a class path that leads here from `lib`, and the script.
    @BeforeEach
    void layOut() throws IOException {
        release = folder.resolve("release");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path runtime = Files.createDirectories(release.resolve("runtime/bin"));
        Path program = Files.writeString(runtime.resolve("java"), "#!/bin/sh\nexec " + java + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(release.resolve("runtime/release"));
        Path lib = Files.createDirectory(release.resolve("lib"));
        Files.writeString(
                lib.resolve("classpath"),
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> lib.relativize(Path.of(entry)).toString())
                        .collect(Collectors.joining(":")));
        Files.copy(SCRIPT, Files.createDirectory(release.resolve("bin")).resolve("cloudjar"));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        run("stop");
    }

    @Test
    void aCloudStartsAnswersSaysSoAndStops() throws IOException, InterruptedException {
        Outcome start = run("start", "--detach", "--port", "0");
        assertThat(start.said()).containsPattern(READY).contains("stop it with ./cloudjar stop");
        assertThat(start.status()).isZero();

        assertThat(run("start", "--detach", "--port", "0"))
                .satisfies(LauncherTest::failed)
                .extracting(Outcome::said)
                .asString()
                .contains("Cloudjar is running already in " + folder.resolve("data"));
        assertThat(run("status").said()).contains("Cloudjar runs in ").containsPattern(READY);
        assertThat(run("logs").said()).containsPattern(READY);

        assertThat(run("stop")).isEqualTo(new Outcome(0, "Cloudjar has stopped.\n"));
        for (String command : List.of("stop", "status")) {
            assertThat(run(command)).satisfies(LauncherTest::failed);
        }
    }

    @Test
    void helpFitsOneScreen() throws IOException, InterruptedException {
        for (String[] command : new String[][] {{"--help"}, {"start", "--help"}}) {
            assertThat(run(command).said().lines()).hasSizeBetween(10, 40).allMatch(line -> line.length() <= 100);
        }
    }

    @Test
    void whatIsNoCommandOrOptionGetsASentence() throws IOException, InterruptedException {
        Map.of(
                        "strat", "There is no command strat; ./cloudjar --help lists them.",
                        "start --prot 1", "There is no option --prot; './cloudjar start --help' lists them.",
                        "soak", "Usage: ./cloudjar soak MINUTES",
                        "test", "./cloudjar test works in a checkout of the sources only.")
                .forEach((command, sentence) -> assertThat(outcome(command.split(" ")))
                        .satisfies(LauncherTest::failed)
                        .extracting(Outcome::said)
                        .asString()
                        .contains(sentence)
                        .doesNotContain("Exception"));
    }

    @Test
    void aBusyPortGetsASentence() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("start", "--detach", "--port", String.valueOf(taken.getLocalPort())))
                    .satisfies(LauncherTest::failed)
                    .extracting(Outcome::said)
                    .asString()
                    .contains(
                            "127.0.0.1:" + taken.getLocalPort(), "Address already in use. Another port is chosen with")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws IOException, InterruptedException {
        Files.delete(release.resolve("runtime/bin/java"));

        assertThat(run("start"))
                .satisfies(LauncherTest::failed)
                .extracting(Outcome::said)
                .asString()
                .contains("Cloudjar needs a JDK of version 25 or later and CLOUDJAR_JAVA is none: install one");
    }

    private static void failed(Outcome outcome) {
        assertThat(outcome.status()).isPositive();
    }

    private Outcome outcome(String... command) {
        try {
            return run(command);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome run(String... command) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("bash", release.resolve("bin/cloudjar").toString()));
        words.addAll(List.of(command));
        Path said = folder.resolve("said");
        var program = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        program.environment()
                .putAll(Map.of(
                        "CI", "true",
                        "CLOUDJAR_DATA", folder.resolve("data").toString(),
                        "CLOUDJAR_JAVA", folder.resolve("nowhere").toString()));
        return new Outcome(program.start().waitFor(), Files.readString(said));
    }
}
