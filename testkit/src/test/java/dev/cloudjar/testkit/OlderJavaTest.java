package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A test whose own Java is too old to hold a cloud has one nevertheless.
class OlderJavaTest {
    @Test
    void theCloudRunsInAProcessOfItsOwn(@TempDir Path folder) throws IOException, InterruptedException {
        Optional<JavaHome> older = JavaHome.all()
                .filter(home -> home.version() >= 17 && home.version() < Running.JAVA)
                .filter(home -> Files.exists(home.directory().resolve("bin/javac")))
                .findFirst();
        assumeTrue(older.isPresent(), "NOT RUN: a JDK of version 17 to 24 is not on this machine");
        Path program = folder.resolve("Older.java");
        try (InputStream source = Objects.requireNonNull(getClass().getResourceAsStream("Older.java"))) {
            Files.copy(source, program);
        }

        Process process = new ProcessBuilder(
                        older.orElseThrow().program().toString(),
                        "-Dcloudjar.java=" + System.getProperty("java.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said.strip())
                .isEqualTo(older.orElseThrow().version() + ": 101 2030-01-01T00:00:30Z CreateQueue SendMessage"
                        + " ReceiveMessage");
    }
}
