package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Store.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// The world's clock. It follows the real one until it is frozen, set, advanced or scaled; every service reads
/// it.
public final class Time implements InstantSource {
    /// How the world's clock follows the real one: `world` was the time when the real clock said `real`, and
    /// since then `scale` seconds have passed for each real one. A frozen clock has scale 0.
    public record Pace(Instant real, Instant world, double scale) implements Row<String> {
        /// The real clock's own.
        static final Pace REAL = new Pace(Instant.EPOCH, Instant.EPOCH, 1);

        public Pace {
            if (!(scale >= 0 && scale <= FASTEST)) {
                throw new IllegalArgumentException("a clock runs 0 to " + FASTEST + " times as fast, not " + scale);
            }
        }

        @Override
        public String key() {
            return "clock";
        }

        Instant at(Instant realNow) {
            Duration passed = Duration.between(real, realNow);
            return world.plus(scale == 1 ? passed : scaled(passed, scale));
        }

        private static Duration scaled(Duration duration, double factor) {
            return Duration.ofNanos((long) (duration.toNanos() * factor));
        }
    }

    /// One try of something that may have to wait: its result, whether that is good enough to stop, and the
    /// instant at which time alone may make it better.
    public record Attempt<R>(R result, boolean enough, Optional<Instant> again) {}

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final double FASTEST = 1_000_000;

    private final InstantSource real;
    private final Set<Semaphore> waiting = ConcurrentHashMap.newKeySet();
    private volatile Pace pace;

    Time(InstantSource real) {
        this.real = real;
        this.pace = Pace.REAL;
    }

    @Override
    public Instant instant() {
        return pace.at(real.instant());
    }

    public Instant now() {
        return instant();
    }

    public Pace pace() {
        return pace;
    }

    /// Tries again and again until the result is good enough or `patience` of the world's time has passed, and
    /// answers the last result. Between tries it waits for what `watch` announces, for the instant that a try
    /// named, or for the clock to be moved. Must not be called in a transaction.
    public <R> R await(Duration patience, Function<Runnable, Watch> watch, Supplier<Attempt<R>> attempt) {
        Instant deadline = now().plus(patience);
        var signal = new Semaphore(0);
        waiting.add(signal);
        try (Watch _ = watch.apply(signal::release)) {
            while (true) {
                signal.drainPermits();
                Attempt<R> tried = attempt.get();
                Instant now = now();
                if (tried.enough() || !now.isBefore(deadline)) {
                    return tried.result();
                }
                Instant until = tried.again().filter(deadline::isAfter).orElse(deadline);
                if (!pause(signal, until)) {
                    return tried.result();
                }
            }
        } finally {
            waiting.remove(signal);
        }
    }

    /// Keeps the caller waiting as long as `real` on the real clock, or until its thread is told to stop.
    public void hold(Duration real) {
        rest(new Semaphore(0), real);
    }

    /// Waits until the world's clock says `until` or `signal` comes; false where the thread was told to stop.
    boolean pause(Semaphore signal, Instant until) {
        return rest(signal, realDuration(Duration.between(now(), until)));
    }

    /// Waits for `signal`, or as long as `real` on the real clock; false where the thread was told to stop.
    boolean rest(Semaphore signal, Duration real) {
        try {
            if (signal.tryAcquire(real.toNanos() + 1, TimeUnit.NANOSECONDS)) {
                signal.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// How long `world` takes on the real clock, or [#LONGEST_WAIT] where it takes longer.
    private Duration realDuration(Duration world) {
        double scale = pace.scale();
        if (world.isNegative()) {
            return Duration.ZERO;
        }
        boolean longer = world.getSeconds() >= LONGEST_WAIT.getSeconds() * scale;
        return longer ? LONGEST_WAIT : Pace.scaled(world, 1 / scale);
    }

    /// From now on it is `world`, and `scale` seconds pass for each real one.
    void set(Instant world, double scale) {
        pace = new Pace(real.instant(), world, scale);
        wake();
    }

    void set(Pace restored) {
        pace = restored;
        wake();
    }

    void register(Semaphore signal) {
        waiting.add(signal);
    }

    private void wake() {
        waiting.forEach(Semaphore::release);
    }
}
