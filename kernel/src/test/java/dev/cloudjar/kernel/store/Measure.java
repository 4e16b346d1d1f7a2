package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Measures the store by hand: commits and reads a second, heap a row, opening. Run its main; it asserts nothing.
final class Measure {
    private static final int ROWS = 1_000_000;
    private static final long SECONDS = 2;

    private Measure() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("cloudjar-measure");
        for (int round = 0; round < 2; round++) {
            commits("memory", TreeStore.inMemory());
            commits("os", TreeStore.open(directory.resolve("os" + round), Durability.OS, System.out::println));
            commits("fsync", TreeStore.open(directory.resolve("fsync" + round), Durability.FSYNC, System.out::println));
        }
        rows(directory.resolve("rows"));
    }

    private static void commits(String name, TreeStore store) {
        for (int threads : new int[] {1, 16, 64}) {
            say(name + ", " + threads + " writers: commits/s", rate(threads, (random, i) -> {
                byte[] key = key(random);
                store.transact(Store.Origin.NONE, tx -> {
                    byte[] old = tx.get(key);
                    tx.put(key, Rows.number(old == null ? i : i + 1));
                    return true;
                });
            }));
        }
        say(name + ", 2 readers: gets/s", rate(2, (random, _) -> read(store, random)));
        say(name + ", 64 readers: gets/s", rate(64, (random, _) -> read(store, random)));
        store.close();
    }

    private static void read(TreeStore store, long random) {
        byte[] key = key(random);
        store.transact(Store.Origin.NONE, tx -> tx.get(key) != null);
    }

    /// A key as long as those of a table with account and region.
    private static byte[] key(long random) {
        return Rows.key("dynamodb.Item\0\1" + "000000000000\0\1us-east-1\0\1" + Math.floorMod(random, 100_000));
    }

    private interface Work {
        void run(long random, long i);
    }

    private static long rate(int threads, Work work) {
        var done = new AtomicLong();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        Together.run(threads, random -> {
            long own = 0;
            while (System.nanoTime() < end) {
                work.run(random.nextLong(), own++);
            }
            done.addAndGet(own);
        });
        return done.get() / SECONDS;
    }

    private static void rows(Path file) {
        try (TreeStore store = TreeStore.open(file, Durability.OS, System.out::println)) {
            for (int i = 0; i < ROWS / 100; i++) {
                int from = i * 100;
                store.transact(Store.Origin.NONE, tx -> {
                    for (int row = from; row < from + 100; row++) {
                        tx.put(Rows.key("table\0\1" + "%08d".formatted(row)), new byte[24]);
                    }
                    return true;
                });
            }
        }
        for (int round = 0; round < 3; round++) {
            long before = used();
            long start = System.nanoTime();
            try (TreeStore store = TreeStore.open(file, Durability.OS, System.out::println)) {
                say("opening " + ROWS + " rows of 100 a commit: ms", (System.nanoTime() - start) / 1_000_000);
                say("heap a row of 15 + 24 bytes", (used() - before) / ROWS);
                say("sequence", store.sequence());
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void say(String what, long figure) {
        System.out.printf("%-45s %,12d%n", what, figure);
    }
}
