package dev.cloudjar.bench;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long many things took, to within a sixteenth; told by any thread.
final class StorageLatency {
    private static final int SHARE = 16;

    private final AtomicLongArray counts = new AtomicLongArray(64 * SHARE);
    private final AtomicLong longest = new AtomicLong();

    void took(long nanos) {
        counts.incrementAndGet(slot(nanos));
        longest.accumulateAndGet(nanos, Math::max);
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
