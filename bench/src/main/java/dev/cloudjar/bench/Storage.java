package dev.cloudjar.bench;

import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.TreeStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// The store by itself: commits and reads a second, opening, heap a row, and what a checkpoint costs those who
/// write meanwhile.
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
        commits("commits/s, os", Durability.OS);
        commits("commits/s, fsync", Durability.FSYNC);
        line("a bare loop of write and fdatasync, /s", bareSyncs());
        text.append("\n| | |\n|---|---:|\n");
        checkpoints();
        opening();
        return text.toString();
    }

    private void line(String what, long figure) {
        text.append(String.format(Locale.ROOT, "| %s | %,d |%n", what, figure));
    }

    private static byte[] key(long number) {
        String name = "dynamodb.Item\0\1REGION\0\1" + "000000000000\0\1us-east-1\0\1orders\0\1";
        return (name + String.format(Locale.ROOT, "%012d", number)).getBytes(StandardCharsets.UTF_8);
    }

    private void commits(String what, Durability durability) {
        byte[][] keys = new byte[KEYS][];
        Arrays.setAll(keys, Storage::key);
        Path directory = folder.resolve("commits-" + durability);
        try (TreeStore store = TreeStore.open(directory, durability, System.err::println)) {
            Consumer<SplittableRandom> write = random -> write(store, keys[random.nextInt(KEYS)]);
            Consumer<SplittableRandom> read = random -> read(store, keys[random.nextInt(KEYS)]);
            rate(64, write);
            text.append(String.format(
                    Locale.ROOT, "| %s | %,d | %,d | %,d |%n", what, rate(1, write), rate(16, write), rate(64, write)));
            text.append(String.format(
                    Locale.ROOT,
                    "| reads/s, %s | %,d | %,d | %,d |%n",
                    durability,
                    rate(1, read),
                    rate(16, read),
                    rate(64, read)));
        }
    }

    private static boolean write(Store store, byte[] key) {
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

    /// Writers that overwrite a million rows: the longest that one of them waited, most of which is the
    /// collector of garbage, and how much of the disk is used in the end.
    private void checkpoints() throws IOException {
        int count = Math.min(rows, 1_000_000);
        Path directory = folder.resolve("checkpoints");
        try (TreeStore store = TreeStore.open(directory, Durability.OS, System.err::println)) {
            fill(store, count);
            var longest = new AtomicLong();
            long wrote = rate(4, random -> {
                long start = System.nanoTime();
                write(store, key(random.nextInt(count)));
                longest.accumulateAndGet(System.nanoTime() - start, Math::max);
            });
            line("commits/s of 4 writers over a million rows, checkpoints meanwhile", wrote);
            line("the longest that a commit took, µs", longest.get() / 1000);
            long live = store.versions().orElseThrow().now().bytes();
            line("disk, in percent of what there is", size(directory) * 100 / live);
        }
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void fill(Store store, int count) {
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
            try (TreeStore store = TreeStore.open(directory, Durability.OS, System.err::println)) {
                fill(store, count);
            }
            long before = used();
            long start = System.nanoTime();
            try (TreeStore _ = TreeStore.open(directory, Durability.OS, System.err::println)) {
                long took = System.nanoTime() - start;
                line(String.format(Locale.ROOT, "opening %,d rows, ms", count), took / 1_000_000);
                line(String.format(Locale.ROOT, "heap a row of %,d, bytes", count), (used() - before) / count);
            }
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
