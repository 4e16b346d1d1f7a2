package dev.cloudjar.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How fast things are used: buckets of tokens that the world's clock fills, full to begin with. They are kept in
/// memory, so a world that is opened again begins with full ones.
public final class Rates {
    /// How many tokens a bucket gets each second, and how many it holds.
    public record Rate(double perSecond, double most) {}

    private static final class Bucket {
        private double tokens;
        private Instant filled;

        Bucket(double tokens, Instant filled) {
            this.tokens = tokens;
            this.filled = filled;
        }

        synchronized double fill(Rate rate, Instant now) {
            double seconds = Duration.between(filled, now).toNanos() / 1e9;
            tokens = Math.min(rate.most(), tokens + Math.max(0, seconds) * rate.perSecond());
            filled = now;
            return tokens;
        }

        synchronized void take(double units) {
            tokens -= units;
        }
    }

    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    Rates(InstantSource clock) {
        this.clock = clock;
    }

    private Bucket bucket(String name, Rate rate) {
        return buckets.computeIfAbsent(name, _ -> new Bucket(rate.most(), clock.instant()));
    }

    /// Tokens that a transaction takes if and when it commits.
    private record Taking(Rates rates, String name, Rate rate, double units) implements Runnable {
        @Override
        public void run() {
            rates.bucket(name, rate).take(units);
        }
    }

    /// Whether anything is left in the bucket `name` beside what this transaction is to take.
    public boolean has(String name, Rate rate) {
        return bucket(name, rate).fill(rate, clock.instant()) > taken(name);
    }

    private double taken(String name) {
        return Call.current().work().stream()
                .flatMap(work -> work.afterwards().stream())
                .mapToDouble(each -> each instanceof Taking taking && taking.name.equals(name) ? taking.units : 0)
                .sum();
    }

    /// Takes `units`, even if there are not as many: nothing is left then until the debt is paid. In a
    /// transaction, if and when it commits.
    public void take(String name, Rate rate, double units) {
        var taking = new Taking(this, name, rate, units);
        Call.current().work().ifPresentOrElse(work -> work.afterwards().add(taking), taking);
    }
}
