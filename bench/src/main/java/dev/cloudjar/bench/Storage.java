package dev.cloudjar.bench;

import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.TreeStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// The store by itself: commits and reads a second, what a checkpoint costs those who write meanwhile, timers,
/// opening and heap a row.
final class Storage {
    private static final int KEYS = 100_000;
    private static final byte[] VALUE = new byte[60];

    private final Path folder;
    private final int seconds;
    private final int rows;
    private final StringBuilder text = new StringBuilder();

    Storage(Path folder, boolean quick) {
        this.folder = folder;
        this.seconds = quick ? 1 : 5;
        this.rows = quick ? 200_000 : 10_000_000;
    }

    String run() throws IOException {
        text.append("Keys of 70 bytes as tables have them, values of 60; ").append(KEYS);
        text.append(" rows where not said otherwise. `os` survives kill -9, `fsync` the loss of power.\n\n");
        text.append("| | 1 thread | 16 | 64 |\n|---|---:|---:|---:|\n");
        rates("os", Durability.OS);
        rates("fsync", Durability.FSYNC);
        line("a bare loop of write and fdatasync, /s", bareSyncs());
        text.append(new StorageCheckpoints(folder, Math.min(rows, 1_000_000)).run());
        text.append(new StorageTimers(folder).run());
        text.append("\n| | |\n|---|---:|\n");
        opening();
        return text.toString();
    }

    private void line(String what, long figure) {
        text.append(String.format(Locale.ROOT, "| %s | %,d |%n", what, figure));
    }

    static byte[] key(long number) {
        String name = "dynamodb.Item\0\1REGION\0\1" + "000000000000\0\1us-east-1\0\1orders\0\1";
        return (name + String.format(Locale.ROOT, "%012d", number)).getBytes(StandardCharsets.UTF_8);
    }

    private void rates(String name, Durability durability) {
        byte[][] keys = new byte[KEYS][];
        Arrays.setAll(keys, Storage::key);
        Path directory = folder.resolve("commits-" + durability);
        try (TreeStore store = TreeStore.open(directory, durability, System.err::println)) {
            Consumer<SplittableRandom> write = random -> write(store, keys[random.nextInt(KEYS)]);
            Consumer<SplittableRandom> read = random -> read(store, keys[random.nextInt(KEYS)]);
            rate(64, write);
            rates("commits/s, " + name, write);
            rates("reads/s, " + name, read);
        }
    }

    private void rates(String what, Consumer<SplittableRandom> work) {
        text.append(String.format(
                Locale.ROOT, "| %s | %,d | %,d | %,d |%n", what, rate(1, work), rate(16, work), rate(64, work)));
    }

    static boolean write(Store store, byte[] key) {
        return store.transact(Store.Origin.NONE, tx -> {
            boolean there = tx.get(key) != null;
            tx.put(key, VALUE.clone());
            return there;
        });
    }

    private static boolean read(Store store, byte[] key) {
        return store.transact(Store.Origin.NONE, tx -> tx.get(key) != null);
    }

    private long rate(int threads, Consumer<SplittableRandom> work) {
        var done = new LongAdder();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        together(threads, random -> {
            while (System.nanoTime() < end) {
                work.accept(random);
                done.increment();
            }
        });
        return done.sum() / seconds;
    }

    private static void together(int threads, Consumer<SplittableRandom> work) {
        var ended = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            var random = new SplittableRandom(i);
            Thread.ofVirtual().start(() -> {
                work.accept(random);
                ended.countDown();
            });
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long bareSyncs() throws IOException {
        long done = 0;
        try (var file = new RandomAccessFile(folder.resolve("bare").toFile(), "rw")) {
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                file.write(VALUE);
                file.getChannel().force(false);
                done++;
            }
        }
        return done / seconds;
    }

    static void fill(Store store, int count) {
        for (int from = 0; from < count; from += 1000) {
            int first = from;
            store.transact(Store.Origin.NONE, tx -> {
                for (int i = first; i < Math.min(count, first + 1000); i++) {
                    tx.put(key(i), VALUE.clone());
                }
                return first;
            });
        }
    }

    private void opening() {
        for (int count = rows / 10; count <= rows; count *= 10) {
            Path directory = folder.resolve("rows" + count);
            filled(directory, count);
            long before = used();
            long start = System.nanoTime();
            try (TreeStore store = TreeStore.open(directory, Durability.OS, System.err::println)) {
                long took = System.nanoTime() - start;
                line(String.format(Locale.ROOT, "opening %,d rows, ms", count), took / 1_000_000);
                line(String.format(Locale.ROOT, "heap a row of %,d, bytes", count), (used() - before) / count);
                line("rows there", store.versions().now().rows());
            }
        }
    }

    /// In a method of its own, so that nothing of it is left in the heap.
    private static void filled(Path directory, int count) {
        try (TreeStore store = TreeStore.open(directory, Durability.OS, System.err::println)) {
            fill(store, count);
        }
    }

    private static long used() {
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
