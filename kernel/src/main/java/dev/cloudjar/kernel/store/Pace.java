package dev.cloudjar.kernel.store;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// How fast work in the background goes: it rests after each stretch, so that those who commit meanwhile have the
/// processor and the disk, unless it falls behind them.
final class Pace {
    private static final int STRETCH = 1 << 16;
    private static final long REST = 500_000;

    private final BooleanSupplier late;
    private long worked;

    Pace(BooleanSupplier late) {
        this.late = late;
    }

    /// Never rests.
    static Pace full() {
        return new Pace(() -> true);
    }

    /// Told of so many bytes that were read or written.
    void worked(long bytes) {
        worked += bytes;
        if (worked >= STRETCH) {
            worked = 0;
            if (!late.getAsBoolean()) {
                LockSupport.parkNanos(REST);
            }
        }
    }
}
