package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Lot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A deduplication id that was used in a FIFO queue within the last five minutes, and the message that it
/// stands for.
record Deduplicated(Key key, Instant sent, String messageId, String sequenceNumber)
        implements Expiring<Deduplicated.Key> {
    static final Duration INTERVAL = Duration.ofMinutes(5);

    record Key(Lot lot, String scope, String id) {}

    @Override
    public Optional<Instant> until() {
        return Optional.of(sent.plus(INTERVAL));
    }
}
