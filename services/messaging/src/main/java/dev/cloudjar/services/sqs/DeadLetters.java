package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Kernel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves messages that were received too often to the dead-letter queue of their queue.
final class DeadLetters {
    private final Kernel kernel;
    private final Queues queues;
    private final Backlog backlog;

    DeadLetters(Kernel kernel, Queues queues, Backlog backlog) {
        this.kernel = kernel;
        this.queues = queues;
        this.backlog = backlog;
    }

    /// Moves those of `ready` that have been received as often as may be, and answers the others. Where the
    /// dead-letter queue is not there any more, all stay.
    List<SentMessage> sort(Queue queue, List<SentMessage> ready) {
        Optional<Redrive> redrive = Redrive.of(queue);
        Optional<Queue> letters =
                redrive.flatMap(r -> queues.shelf().find(r.target().resource()));
        if (letters.isEmpty()) {
            return ready;
        }
        int most = redrive.orElseThrow().mostReceives();
        var kept = new ArrayList<SentMessage>();
        for (SentMessage message : ready) {
            Optional<Flight> spent = backlog.flight(message.key()).filter(flight -> flight.receives() >= most);
            spent.ifPresentOrElse(
                    flight -> move(queue, letters.orElseThrow(), message, flight), () -> kept.add(message));
        }
        return kept;
    }

    /// In a standard queue a message keeps the time of its sending, in a FIFO queue it is as if sent now, under a
    /// deduplication id that is its own.
    private void move(Queue from, Queue to, SentMessage message, Flight flight) {
        Instant now = backlog.now();
        backlog.remove(from, message);
        Instant sent = from.isFifo() ? now : message.key().sent();
        var key = new SentMessage.Key(to.lot(), sent, kernel.ids().sequence());
        var content = from.isFifo() ? message.content().deduplicatedBy(message.id()) : message.content();
        String source = queues.shelf().arn(from.id()).toString();
        var moved = new SentMessage(key, message.id(), content, sent, source);
        backlog.add(to, moved, Optional.of(flight.landed(key, now)));
    }
}
