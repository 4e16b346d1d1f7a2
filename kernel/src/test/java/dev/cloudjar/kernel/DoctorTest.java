package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.store.TreeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The doctor tells what of a directory can be read, and saves what stands before the damage.
class DoctorTest {
    private final Path directory;
    private final List<String> reports = new ArrayList<>();

    DoctorTest(@TempDir Path directory) {
        this.directory = directory.resolve("data");
    }

    private World open() {
        return World.open(directory, Calls.settings(_ -> {}), List.of(Boards.entry()));
    }

    private boolean doctor(boolean salvage) throws IOException {
        reports.clear();
        return new Doctor(directory, reports::add).run(salvage);
    }

    private Path file(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at < 0 ? bytes.length + at : at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aSoundDirectoryIsSaidToBeSo() throws IOException {
        try (World world = open()) {
            Boards.in(world).create("plans", "green");
            Boards.in(world).pin("plans", 1, "a picture");
            assertThatThrownBy(() -> doctor(false)).hasMessageContaining("in use by process");
        }

        assertThat(doctor(false)).isTrue();
        assertThat(reports)
                .anyMatch(line -> line.matches("00000001.journal: \\d+ transactions, the last number \\d+"))
                .contains("1 blobs", "All is well.");
    }

    @Test
    void whatStandsBeforeTheDamageIsSavedAndTheRestKeptAside() throws IOException {
        try (World world = open()) {
            for (int i = 0; i < 20; i++) {
                Boards.in(world).create("board" + (10 + i), "green");
            }
        }
        flip(file("rows", ".journal"), -300);

        assertThatThrownBy(this::open).hasMessageContaining("00000001.journal is damaged at byte");
        assertThat(doctor(false)).isFalse();
        assertThat(reports)
                .anyMatch(line -> line.contains("is damaged at byte"))
                .anyMatch(line -> line.contains("--salvage"));
        assertThat(doctor(true)).isTrue();

        assertThat(reports.getLast()).doesNotContain("Nothing");
        assertThat(directory.resolve("rows.damaged")).isDirectory();
        try (World world = open()) {
            assertThat(Boards.in(world).all()).hasSizeBetween(10, 19).first().isEqualTo("board10 green");
            Boards.in(world).create("after", "red");
        }
        assertThat(doctor(false)).isTrue();
    }

    @Test
    void aBlobWithOtherBytesIsNamed() throws IOException {
        try (World world = open()) {
            Boards.in(world).pin("plans", 1, "a picture");
        }
        Path blob = file("blobs", "");
        flip(blob, 0);

        assertThat(doctor(false)).isFalse();
        assertThat(reports).anyMatch(line -> line.contains(blob.toString()));
    }

    @Test
    void aBlobThatIsMissingIsNamed() throws IOException {
        try (World world = open()) {
            Boards.in(world).pin("plans", 1, "a picture");
        }
        assertThat(doctor(false)).isTrue();
        Path blob = file("blobs", "");
        Files.delete(blob);

        assertThat(doctor(false)).isFalse();
        assertThat(reports).anyMatch(line -> line.contains(blob.getFileName() + " of 9 bytes is missing"));
    }

    @Test
    void aFileThatIsMissingIsNamedAndWhatStandsBeforeItIsSaved() throws IOException {
        try (World world = open()) {
            Boards.in(world).create("first", "green");
            ((TreeStore) world.store()).checkpoint();
            Boards.in(world).create("second", "green");
        }
        Files.delete(directory.resolve("rows/00000002.journal"));

        assertThatThrownBy(this::open).hasMessageContaining("00000002.journal is missing");
        assertThat(doctor(false)).isFalse();
        assertThat(reports).anyMatch(line -> line.contains("00000002.journal is missing"));
        assertThat(doctor(true)).isTrue();
        try (World world = open()) {
            assertThat(Boards.in(world).all()).containsExactly("first green");
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsNotMade() throws IOException {
        assertThat(doctor(false)).isFalse();
        assertThat(directory).doesNotExist();
    }
}
