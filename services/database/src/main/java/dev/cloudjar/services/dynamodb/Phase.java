package dev.cloudjar.services.dynamodb;

import java.time.Instant;

/// A state that passes by itself: `moving` until an instant, then `ACTIVE`.
record Phase(String moving, Instant until) {
    static final String ACTIVE = "ACTIVE";

    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    /// A state that does not pass by itself.
    static Phase lasting(String state) {
        return new Phase(state, NEVER);
    }

    String at(Instant now) {
        return now.isBefore(until) ? moving : ACTIVE;
    }
}
