package dev.cloudjar.bench;

import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.TreeStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// How long commits take while a checkpoint is written, against how long they take while none is; the same of
/// bare writes to a file while others are written and synced beside it; and how much disk is in use at most.
final class StorageCheckpoints {
    private static final int WRITERS = 4;
    private static final int ROUNDS = 6;
    private static final long BETWEEN = 100_000;

    /// Each writer waits after each commit, so that there is a processor for who has something to do.
    private static final long REST = 100_000;

    private static final long BETWEEN_LOOKS = 5_000_000;
    private static final int PART = 4 << 20;

    private final Path directory;
    private final int rows;
    private final StorageLatency without = new StorageLatency();
    private final StorageLatency during = new StorageLatency();
    private final AtomicLong most = new AtomicLong();

    StorageCheckpoints(Path folder, int rows) {
        this.directory = folder.resolve("checkpoints");
        this.rows = rows;
    }

    String run() throws IOException {
        long live;
        try (TreeStore store = TreeStore.open(directory, Durability.OS, System.err::println)) {
            Storage.fill(store, rows);
            store.checkpoint();
            commit(store, new StorageLatency(), new CountDownLatch((int) BETWEEN));
            for (int round = 0; round < ROUNDS; round++) {
                round(store);
            }
            live = store.versions().now().bytes();
        }
        var idle = new StorageLatency();
        var busy = new StorageLatency();
        bare(idle, busy);
        return String.format(
                Locale.ROOT,
                "%n%,d rows written over by %d writers in `os`, each with a rest of 100 µs after each commit; and a bare"
                        + " file written to by one thread.%n%n"
                        + "| | median µs | p99 | p99.9 | longest |%n|---|---:|---:|---:|---:|%n%s%s%s%s%n"
                        + "Without the pauses of the collector of garbage, the longest commit took %,d µs with no checkpoint"
                        + " and %,d during one.%n%n"
                        + "At most, the disk had %d %% of what there is.%n",
                rows,
                WRITERS,
                without.line("commits without a checkpoint"),
                during.line("commits during a checkpoint"),
                idle.line("bare writes"),
                busy.line("bare writes while 4 MiB files are written and synced"),
                without.longestAlone(),
                during.longestAlone(),
                most.get() * 100 / live);
    }

    private void round(TreeStore store) throws IOException {
        commit(store, without, new CountDownLatch((int) BETWEEN));
        var ended = new CountDownLatch(1);
        Thread checkpoint = Thread.ofPlatform().start(() -> {
            store.checkpoint();
            ended.countDown();
        });
        Thread scale = Thread.ofPlatform().daemon().start(() -> weigh(ended));
        commit(store, during, ended);
        join(checkpoint);
        join(scale);
    }

    /// Commits until `end` has come, or has been counted down by commits.
    private void commit(TreeStore store, StorageLatency latency, CountDownLatch end) {
        boolean counts = end.getCount() > 1;
        together(
                random -> {
                    byte[] key = Storage.key(random.nextInt(rows));
                    latency.time(() -> Storage.write(store, key));
                    if (counts) {
                        end.countDown();
                    }
                    LockSupport.parkNanos(REST);
                },
                () -> end.getCount() == 0);
    }

    private interface Work {
        void once(SplittableRandom random);
    }

    private static void together(Work work, BooleanSupplier end) {
        Thread[] threads = new Thread[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            var random = new SplittableRandom(i);
            threads[i] = Thread.ofPlatform().start(() -> {
                while (!end.getAsBoolean()) {
                    work.once(random);
                }
            });
        }
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void weigh(CountDownLatch ended) {
        while (ended.getCount() > 0) {
            try (var files = Files.list(directory)) {
                long size = files.mapToLong(file -> file.toFile().length()).sum();
                most.accumulateAndGet(size, Math::max);
                LockSupport.parkNanos(BETWEEN_LOOKS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void bare(StorageLatency idle, StorageLatency busy) throws IOException {
        Path file = directory.resolveSibling("bare-writes");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < BETWEEN; i++) {
                append(out, idle);
            }
            var ended = new CountDownLatch(1);
            Thread other = Thread.ofPlatform().start(() -> {
                writeAndSync(file);
                ended.countDown();
            });
            while (ended.getCount() > 0) {
                append(out, busy);
            }
            join(other);
        }
    }

    private static void append(RandomAccessFile out, StorageLatency latency) throws IOException {
        long start = System.nanoTime();
        out.write(new byte[200]);
        latency.took(System.nanoTime() - start);
    }

    private static void writeAndSync(Path beside) {
        for (int i = 0; i < 32; i++) {
            try (var file = new RandomAccessFile(beside + "." + i, "rw")) {
                file.write(new byte[PART]);
                file.getFD().sync();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
