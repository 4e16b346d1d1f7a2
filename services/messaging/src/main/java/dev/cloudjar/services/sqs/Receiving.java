package dev.cloudjar.services.sqs;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.Time.Attempt;
import dev.cloudjar.kernel.Utf8;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// ReceiveMessage: takes what may be received, waiting for it where there is nothing yet, and sends what was
/// received too often to the dead-letter queue.
final class Receiving implements Sqs {
    private static final int MOST_IN_FLIGHT = 120_000;
    private static final int EXPIRED_AT_ONCE = 1_000;

    private final Kernel kernel;
    private final Queues queues;
    private final Backlog backlog;
    private final DeadLetters deadLetters;
    private final Attempts attempts;
    private final Sealing sealing;

    /// A request once it has been found right.
    private record Wish(int most, Duration visibility, Duration patience, Optional<String> attempt) {}

    Receiving(Kernel kernel, Queues queues, Backlog backlog) {
        this.kernel = kernel;
        this.queues = queues;
        this.backlog = backlog;
        this.deadLetters = new DeadLetters(kernel, queues, backlog);
        this.attempts = new Attempts(kernel, backlog);
        this.sealing = new Sealing(kernel, queues.shelf());
    }

    @Override
    @OutsideTransaction
    public ReceiveMessageResult receiveMessage(ReceiveMessageRequest in) {
        var view = ReceivedView.askedBy(in, kernel.tokens(), sealing);
        Queue queue = kernel.transact(() -> queues.of(in));
        Wish wish = wish(queue, in);
        checkInFlight(queue, wish);
        expire(in);
        List<Message> received = kernel.time()
                .await(
                        wish.patience(),
                        signal -> backlog.index().watch(signal, queue.lot().number()),
                        () -> kernel.transact(() -> attempt(queues.of(in), wish, view)));
        Usage.count(kernel.meter(), queue, size(received));
        var result = new ReceiveMessageResult();
        return received.isEmpty() ? result : result.messages(received);
    }

    private static long size(List<Message> received) {
        return received.stream()
                .mapToLong(m -> Utf8.length(m.body().orElse("")))
                .sum();
    }

    /// Makes room in transactions of their own, so that none grows with what has outlived the retention period.
    private void expire(ReceiveMessageRequest in) {
        boolean all = false;
        while (!all) {
            all = kernel.transact(() -> backlog.expire(queues.of(in), EXPIRED_AT_ONCE));
        }
    }

    private static Wish wish(Queue queue, ReceiveMessageRequest in) {
        int most = in.maxNumberOfMessages().orElse(1);
        int wait = in.waitTimeSeconds().orElse(queue.number(Setting.WAIT_TIME));
        in.receiveRequestAttemptId().ifPresent(id -> {
            if (!queue.isFifo()) {
                throw Refusals.wrongQueueType(id, "ReceiveRequestAttemptId");
            }
        });
        Duration visibility = Receipts.visibility(queue, in.visibilityTimeout());
        return new Wish(most, visibility, Duration.ofSeconds(wait), in.receiveRequestAttemptId());
    }

    /// Counted outside the transaction that takes, lest receivers collide over the number. Those who wait just
    /// get nothing; a FIFO queue has no error for this.
    private void checkInFlight(Queue queue, Wish wish) {
        boolean full = kernel.transact(() -> backlog.inFlight(queue)) >= MOST_IN_FLIGHT;
        if (full && !queue.isFifo() && wish.patience().isZero()) {
            throw OVER_LIMIT.because("Too many messages have been received without being deleted. Please delete your"
                    + " received messages or let them timeout before receiving more.");
        }
    }

    private Attempt<List<Message>> attempt(Queue queue, Wish wish, ReceivedView view) {
        Optional<List<Flight>> again = wish.attempt().flatMap(id -> attempts.repeat(queue, id, wish.visibility()));
        List<Flight> taken = again.orElseGet(() -> take(queue, wish));
        if (!taken.isEmpty()) {
            List<Message> messages = taken.stream()
                    .map(flight -> view.of(queue, backlog.find(flight.key()).orElseThrow(), flight))
                    .toList();
            return new Attempt<>(messages, true, Optional.empty());
        }
        return new Attempt<>(List.of(), false, backlog.next(queue));
    }

    private List<Flight> take(Queue queue, Wish wish) {
        List<SentMessage> ready;
        List<SentMessage> kept;
        do {
            ready = backlog.ready(queue, wish.most());
            kept = deadLetters.sort(queue, ready);
        } while (kept.isEmpty() && !ready.isEmpty());
        List<Flight> taken = backlog.take(queue, kept, wish.visibility());
        wish.attempt().ifPresent(id -> attempts.remember(queue, id, taken));
        return taken;
    }
}
