package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What has become of a message since it was first received: until when it is hidden, when it was received last and
/// first, and how often. A message that nobody has received has none.
record Flight(SentMessage.Key key, Instant visible, Instant received, Instant first, int receives)
        implements Row<SentMessage.Key> {
    static Flight next(SentMessage.Key key, Optional<Flight> before, Instant now, Duration visibility) {
        return new Flight(
                key,
                now.plus(visibility),
                now,
                before.map(Flight::first).orElse(now),
                before.map(Flight::receives).orElse(0) + 1);
    }

    boolean isOver(Instant now) {
        return !visible.isAfter(now);
    }

    Flight hiddenUntil(Instant until) {
        return new Flight(key, until, received, first, receives);
    }

    /// The same of the message that takes this one's place in a dead-letter queue.
    Flight landed(SentMessage.Key elsewhere, Instant now) {
        return new Flight(elsewhere, now, received, first, receives);
    }
}
