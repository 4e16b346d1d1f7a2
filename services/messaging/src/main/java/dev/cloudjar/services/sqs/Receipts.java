package dev.cloudjar.services.sqs;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What receivers do with the handles of messages: delete these, or hide them for longer or shorter.
final class Receipts implements Sqs {
    private final Kernel kernel;
    private final Queues queues;
    private final Backlog backlog;

    Receipts(Kernel kernel, Queues queues, Backlog backlog) {
        this.kernel = kernel;
        this.queues = queues;
        this.backlog = backlog;
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest in) {
        delete(queues.of(in), in.receiptHandle());
        return new DeleteMessageResponse();
    }

    @Override
    public DeleteMessageBatchResult deleteMessageBatch(DeleteMessageBatchRequest in) {
        Queue queue = queues.of(in);
        Batch.check(in.entries(), "DeleteMessageBatchRequestEntry");
        var batch = Batch.each(in.entries(), entry -> {
            delete(queue, entry.receiptHandle());
            return new DeleteMessageBatchResultEntry().id(entry.id());
        });
        return new DeleteMessageBatchResult().successful(batch.successful()).failed(batch.failed());
    }

    /// A standard queue takes the handle of any receive of a message, and of a message long gone; a FIFO queue
    /// only the last, while the message is in flight.
    private void delete(Queue queue, String handle) {
        Receipt receipt = Receipt.open(kernel.tokens(), queue, handle);
        backlog.find(receipt.message()).ifPresent(message -> {
            checkCurrent(queue, receipt, handle);
            backlog.remove(queue, message);
        });
    }

    private void checkCurrent(Queue queue, Receipt receipt, String handle) {
        if (queue.isFifo() && !receipt.isCurrent(backlog.flight(receipt.message()), backlog.now())) {
            throw Refusals.invalid(handle, "ReceiptHandle", "The receipt handle has expired.");
        }
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest in) {
        change(queues.of(in), in.receiptHandle(), Optional.of(in.visibilityTimeout()));
        return new ChangeMessageVisibilityResponse();
    }

    @Override
    public ChangeMessageVisibilityBatchResult changeMessageVisibilityBatch(ChangeMessageVisibilityBatchRequest in) {
        Queue queue = queues.of(in);
        Batch.check(in.entries(), "ChangeMessageVisibilityBatchRequestEntry");
        var batch = Batch.each(in.entries(), entry -> {
            change(queue, entry.receiptHandle(), entry.visibilityTimeout());
            return new ChangeMessageVisibilityBatchResultEntry().id(entry.id());
        });
        return new ChangeMessageVisibilityBatchResult()
                .successful(batch.successful())
                .failed(batch.failed());
    }

    private void change(Queue queue, String handle, Optional<Integer> timeout) {
        Duration visibility = visibility(queue, timeout);
        Receipt receipt = Receipt.open(kernel.tokens(), queue, handle);
        Instant now = backlog.now();
        SentMessage message = backlog.find(receipt.message()).orElseThrow(() -> gone(handle));
        checkCurrent(queue, receipt, handle);
        Flight flight =
                backlog.flight(message.key()).filter(f -> !f.isOver(now)).orElseThrow(() -> gone(handle));
        Instant until = now.plus(visibility);
        if (until.isAfter(flight.received().plusSeconds(Refusals.LONGEST_VISIBILITY))) {
            throw Refusals.invalid(
                    visibility.toSeconds(),
                    "VisibilityTimeout",
                    "Total VisibilityTimeout for the message is beyond the limit [43200 seconds].");
        }
        backlog.hide(queue, message, flight, flight.hiddenUntil(until));
    }

    private static AwsError gone(String handle) {
        return Refusals.invalid(
                handle, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.");
    }

    static Duration visibility(Queue queue, Optional<Integer> seconds) {
        return Duration.ofSeconds(seconds.orElse(queue.number(Setting.VISIBILITY)));
    }
}
