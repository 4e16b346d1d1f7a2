package dev.cloudjar.services.dynamodb;

import java.time.Instant;

/// A state that passes by itself: `moving` until an instant, then `ACTIVE`.
record Phase(String moving, Instant until) {
    static final String ACTIVE = "ACTIVE";

    String at(Instant now) {
        return now.isBefore(until) ? moving : ACTIVE;
    }
}
