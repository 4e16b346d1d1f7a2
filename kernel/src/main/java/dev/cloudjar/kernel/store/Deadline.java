package dev.cloudjar.kernel.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When a transaction has to have ended: one that goes on and on is refused before it holds up everybody else.
final class Deadline {
    /// For a transaction by itself.
    static final Duration ALONE = Duration.ofSeconds(30);

    /// For one that all others wait for.
    static final Duration AWAITED = Duration.ofSeconds(10);

    /// Only now and then is the clock looked at, which costs more than most of what a transaction does.
    private static final int OFTEN = 64;

    private final InstantSource clock;
    private final Duration longest;
    private final Instant end;
    private int asked;

    Deadline(InstantSource clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
        this.end = clock.instant().plus(longest);
    }

    /// Told of each thing that the transaction does.
    void step() {
        if (++asked % OFTEN == 0) {
            check();
        }
    }

    /// Refuses what has taken too long.
    void check() {
        if (clock.instant().isAfter(end)) {
            throw new StoreException("A transaction may take at most " + longest.toSeconds()
                    + " seconds; this one has been undone. Ask for less at once.");
        }
    }
}
