package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Row;
import java.time.Duration;
import java.time.Instant;

/// A deduplication id that was used in a FIFO queue, and the message that it stands for. Keys begin with the five
/// minutes in which it was used, so that those of no more use come first.
record Deduplicated(Key key, Instant sent, String messageId, String sequenceNumber) implements Row<Deduplicated.Key> {
    static final Duration INTERVAL = Duration.ofMinutes(5);

    record Key(Lot lot, long window, String scope, String id) {}

    static long window(Instant at) {
        return at.getEpochSecond() / INTERVAL.toSeconds();
    }

    boolean holdsAt(Instant now) {
        return now.isBefore(sent.plus(INTERVAL));
    }
}
