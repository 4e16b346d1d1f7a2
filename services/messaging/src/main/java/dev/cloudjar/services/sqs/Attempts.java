package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Receive attempt ids: a receiver that lost the answer asks again and gets the same messages with the same
/// handles.
final class Attempts {
    private final Backlog backlog;
    private final Table<ReceiveAttempt.Key, ReceiveAttempt> known;

    Attempts(Kernel kernel, Backlog backlog) {
        this.backlog = backlog;
        this.known = kernel.table(ReceiveAttempt.class);
    }

    /// What the attempt returned before, hidden anew, unless one of the messages has been changed since.
    Optional<List<Flight>> repeat(Queue queue, String id, Duration visibility) {
        Instant now = backlog.now();
        return known.find(new ReceiveAttempt.Key(queue.lot(), id))
                .filter(attempt -> attempt.isUntouchedAt(now))
                .filter(attempt -> attempt.flights().stream()
                        .allMatch(f -> backlog.flight(f.key()).equals(Optional.of(f))))
                .map(attempt -> renew(queue, attempt, now.plus(visibility)));
    }

    private List<Flight> renew(Queue queue, ReceiveAttempt attempt, Instant until) {
        List<Flight> renewed = attempt.flights().stream()
                .map(flight -> {
                    Flight hidden = flight.hiddenUntil(until);
                    backlog.hide(queue, backlog.find(flight.key()).orElseThrow(), flight, hidden);
                    return hidden;
                })
                .toList();
        known.put(new ReceiveAttempt(attempt.key(), attempt.at(), renewed));
        return renewed;
    }

    void remember(Queue queue, String id, List<Flight> taken) {
        if (!taken.isEmpty()) {
            known.put(new ReceiveAttempt(new ReceiveAttempt.Key(queue.lot(), id), backlog.now(), taken));
        }
    }
}
