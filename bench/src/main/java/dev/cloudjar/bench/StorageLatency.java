package dev.cloudjar.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long many things took, to within a sixteenth; told by any thread.
final class StorageLatency {
    private static final int SHARE = 16;
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private final AtomicLongArray counts = new AtomicLongArray(64 * SHARE);
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong longestAlone = new AtomicLong();

    void took(long nanos) {
        took(nanos, nanos);
    }

    /// `alone` are the nanoseconds without those of the collector of garbage.
    private void took(long nanos, long alone) {
        counts.incrementAndGet(slot(nanos));
        longest.accumulateAndGet(nanos, Math::max);
        longestAlone.accumulateAndGet(alone, Math::max);
    }

    void time(Runnable work) {
        long collected = collected();
        long start = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - start;
        took(nanos, nanos - (collected() - collected) * 1_000_000);
    }

    /// What the longest took in microseconds, without the pauses of the collector of garbage.
    long longestAlone() {
        return longestAlone.get() / 1000;
    }

    /// How many milliseconds collectors have made everybody wait since the start.
    private static long collected() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            millis += collector.getCollectionTime();
        }
        return millis;
    }

    private static int slot(long nanos) {
        long some = Math.max(nanos, SHARE);
        int exponent = 63 - Long.numberOfLeadingZeros(some);
        int part = (int) (some >>> (exponent - 4)) & (SHARE - 1);
        return exponent * SHARE + part;
    }

    private static long nanos(int slot) {
        return (long) (SHARE + slot % SHARE) << (slot / SHARE - 4);
    }

    /// What the given share of all took at most, in microseconds.
    private long micros(double share) {
        long all = 0;
        for (int i = 0; i < counts.length(); i++) {
            all += counts.get(i);
        }
        long before = 0;
        for (int i = 0; i < counts.length(); i++) {
            before += counts.get(i);
            if (before >= share * all) {
                return nanos(i) / 1000;
            }
        }
        return 0;
    }

    /// A line of a table.
    String line(String what) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %,d |%n",
                what,
                micros(0.5),
                micros(0.99),
                micros(0.999),
                longest.get() / 1000);
    }
}
