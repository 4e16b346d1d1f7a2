package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Lot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a receive from a FIFO queue returned under an attempt id: a retry within five minutes returns the same,
/// unless one of the messages has been touched since.
record ReceiveAttempt(Key key, Instant at, List<Flight> flights) implements Expiring<ReceiveAttempt.Key> {
    record Key(Lot lot, String id) {}

    @Override
    public Optional<Instant> until() {
        return Optional.of(at.plus(Deduplicated.INTERVAL));
    }

    boolean isUntouchedAt(Instant now) {
        return flights.stream().noneMatch(flight -> flight.isOver(now));
    }
}
