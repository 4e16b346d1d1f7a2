package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Finding a Java that can run a cloud.
class JavaHomeTest {
    @Test
    void theHomeOfThisJvmIsOne() {
        assertThat(JavaHome.at(Path.of(System.getProperty("java.home")))).hasValueSatisfying(home -> {
            assertThat(home.version()).isEqualTo(Runtime.version().feature());
            assertThat(home.program()).isExecutable();
        });
    }

    @Test
    void theVersionStandsInTheFileRelease(@TempDir Path home) throws IOException {
        Files.createFile(Files.createDirectories(home.resolve("bin")).resolve("java"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"26.0.1\"\n");

        assertThat(JavaHome.at(home)).map(JavaHome::version).contains(26);
    }

    @Test
    void aFolderWithoutAProgramIsNone(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"26.0.1\"\n");

        assertThat(JavaHome.at(home)).isEmpty();
    }

    @Test
    void aMachineWithoutOneIsToldWhatToDo() {
        assertThatThrownBy(() -> JavaHome.find(999)).hasMessageContaining("CLOUDJAR_JAVA");
    }
}
