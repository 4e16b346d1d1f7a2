package dev.cloudjar.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the kernel has given up: tasks that always failed and payloads that never arrived and had nowhere else
/// to go. Kept for a fortnight, to be looked at.
public final class Failures {
    private static final Duration KEPT = Duration.ofDays(14);

    /// What was to be done or delivered, why it could not be, the payload if there was one, and after how many
    /// attempts.
    public record Failure(String what, String why, String payload, int attempts) {}

    /// A failure, and when it was given up.
    public record Row(Long key, Instant at, Failure failure) implements Expiring<Long> {
        @Override
        public Optional<Instant> until() {
            return Optional.of(at.plus(KEPT));
        }
    }

    private final World world;
    private final Table<Long, Row> rows;

    Failures(World world) {
        this.world = world;
        this.rows = Table.of(world, "kernel.failures", Row.class, Scope.WORLD, Optional.empty());
    }

    void add(Failure failure) {
        Instant now = world.time().now();
        rows.put(new Row(world.ids().sequence(), now, failure));
        world.settings()
                .log()
                .accept("given up after " + failure.attempts() + " attempts: " + failure.what() + ": " + failure.why());
    }

    /// The latest, up to `most`.
    public List<Row> latest(int most) {
        return world.transactions()
                .run(() -> rows.rows(Span.ALL.reversed()).limit(most).toList());
    }
}
