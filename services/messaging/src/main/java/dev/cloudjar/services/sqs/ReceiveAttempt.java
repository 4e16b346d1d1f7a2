package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.List;

/// What a receive from a FIFO queue returned under an attempt id: a retry within five minutes returns the same,
/// unless one of the messages has been touched since.
record ReceiveAttempt(Key key, Instant at, List<Flight> flights) implements Row<ReceiveAttempt.Key> {
    record Key(Lot lot, long window, String id) {}

    boolean holdsAt(Instant now) {
        return now.isBefore(at.plus(Deduplicated.INTERVAL)) && flights.stream().noneMatch(flight -> flight.isOver(now));
    }
}
