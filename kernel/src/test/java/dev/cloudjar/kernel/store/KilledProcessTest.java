package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it commits has lost nothing that it had acknowledged.
class KilledProcessTest {
    private static final int ROUNDS = 4;

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("journal");
        Map<String, Long> acknowledged = new HashMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            int lines = 400 * round;
            Killed.after(lines, line -> note(line, acknowledged), Child.class, file.toString());
            try (TreeStore store = TreeStore.open(file, Durability.OS, _ -> {})) {
                acknowledged.forEach((row, last) -> {
                    long found = Rows.get(store, row);
                    // One more may be under way, and one whose acknowledgement the kill tore.
                    assertThat(found).isBetween(last, last + 2);
                    assertThat(Rows.get(store, "copy-of-" + row)).isEqualTo(found);
                });
            }
        }
        assertThat(acknowledged).hasSize(Child.THREADS);
    }

    /// The last line may have been torn by the kill: a whole one ends with a full stop.
    private static void note(String line, Map<String, Long> acknowledged) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 4 && parts[3].equals(".")) {
            acknowledged.merge(parts[1], Long.parseLong(parts[2]), Math::max);
        }
    }

    /// Commits on many threads, each to two rows of its own at once, and prints what was acknowledged.
    static final class Child {
        static final int THREADS = 8;

        private Child() {}

        public static void main(String[] arguments) {
            TreeStore store = TreeStore.open(Path.of(arguments[0]), Durability.OS, System.err::println);
            PrintStream out = System.out;
            var names = new AtomicInteger();
            Together.run(THREADS, _ -> {
                String row = "row-" + names.incrementAndGet();
                while (true) {
                    long value = store.transact(Store.Origin.NONE, tx -> increment(tx, row));
                    out.print("ack " + row + " " + value + " .\n");
                    out.flush();
                }
            });
        }

        private static long increment(Tx tx, String row) {
            long value = Rows.number(tx.get(Rows.key(row))) + 1;
            tx.put(Rows.key(row), Rows.number(value));
            tx.put(Rows.key("copy-of-" + row), Rows.number(value));
            return value;
        }
    }
}
