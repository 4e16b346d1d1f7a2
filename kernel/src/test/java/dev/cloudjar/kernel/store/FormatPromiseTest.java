package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A directory of every format that was ever released opens, and holds what was put there. The samples are never
/// written again: a new format gets a new one.
class FormatPromiseTest {
    private static final Path SAMPLES = Path.of("src", "test", "samples");
    private static final Limits SMALL = new Limits(300, 1500, 1 << 20, 0, Runnable::run);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyFormatThatWasReleasedOpens(int format, @TempDir Path copy) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve("format-" + format))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        try (TreeStore store = TreeStore.open(copy, Durability.FSYNC, _ -> {})) {
            assertThat(Rows.all(store)).isEqualTo(expected(60));
            assertThat(store.sequence()).isEqualTo(60);
            Version sample = store.versions().saved("sample");
            assertThat(sample.rows()).isEqualTo(expected(40).size());
            assertThat(sample.get(Rows.key("key-07"))).isEqualTo(Rows.key(value(37)));
        }
    }

    private static String value(int i) {
        return ("value " + i + ' ').repeat(1 + i);
    }

    /// What is there after so many transactions.
    private static Map<String, String> expected(int transactions) {
        Map<String, String> rows = new TreeMap<>();
        for (int i = 0; i < transactions; i++) {
            rows.put("key-%02d".formatted(i % 30), value(i));
            rows.remove("key-%02d".formatted((i + 11) % 30));
        }
        return rows;
    }

    /// Writes the sample of the first format into an empty directory. That of the second was left by a process
    /// that died between two stages of a checkpoint after the sixtieth transaction.
    public static void main(String[] arguments) {
        var folder = new DiskFolder(Path.of(arguments[0]));
        try (TreeStore store = TreeStore.open(folder, SMALL, Durability.FSYNC, System.err::println)) {
            for (int i = 0; i < 60; i++) {
                int number = i;
                store.transact(() -> Rows.key("origin " + number), tx -> {
                    tx.put(Rows.key("key-%02d".formatted(number % 30)), Rows.key(value(number)));
                    tx.delete(Rows.key("key-%02d".formatted((number + 11) % 30)));
                    return true;
                });
                if (i == 39) {
                    store.versions().save("sample", "2026-11-22T00:00:00Z");
                }
                if (i == 49) {
                    store.checkpoint();
                }
            }
        }
    }
}
