package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.Refusals.INVALID_PARAMETER_VALUE;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.services.sqs.SentMessage.Attribute;
import dev.cloudjar.services.sqs.SentMessage.Content;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Messages on their way in: sent one by one or in batches, or delivered by another service.
final class Messages implements Sqs {
    private static final int LARGEST_BATCH = 1_048_576;
    private static final int EXPIRED_AT_A_SEND = 10;
    private static final String ENTRY = "SendMessageBatchRequestEntry";

    private final Kernel kernel;
    private final Queues queues;
    private final Backlog backlog;
    private final Deduplication deduplication;
    private final Sealing sealing;

    Messages(Kernel kernel, Queues queues, Backlog backlog) {
        this.kernel = kernel;
        this.queues = queues;
        this.backlog = backlog;
        this.deduplication = new Deduplication(kernel);
        this.sealing = new Sealing(kernel, queues.shelf());
    }

    @Override
    public SendMessageResult sendMessage(SendMessageRequest in) {
        return send(queues.of(in), in);
    }

    @Override
    public SendMessageBatchResult sendMessageBatch(SendMessageBatchRequest in) {
        Queue queue = queues.of(in);
        Batch.check(in.entries(), ENTRY);
        long size = in.entries().stream()
                .mapToLong(entry -> Attributes.size(entry.messageBody(), entry.messageAttributes()))
                .sum();
        if (size > LARGEST_BATCH) {
            throw BATCH_REQUEST_TOO_LONG.because(
                    "Batch requests cannot be longer than %d bytes. You have sent %d bytes.", LARGEST_BATCH, size);
        }
        var batch = Batch.each(
                in.entries(),
                entry -> SendMessageBatchResultEntry.from(send(queue, SendMessageRequest.from(entry)))
                        .id(entry.id()));
        return new SendMessageBatchResult().successful(batch.successful()).failed(batch.failed());
    }

    /// Takes what another service delivers: attributes that name a group or a deduplication id are those, all
    /// others become message attributes.
    void accept(String queue, Payload payload) {
        var attributes = new HashMap<String, MessageAttributeValue>();
        payload.attributes()
                .forEach((name, value) -> attributes.put(
                        name, new MessageAttributeValue().dataType("String").stringValue(value)));
        var group = Optional.ofNullable(attributes.remove("MessageGroupId"));
        var deduplicationId = Optional.ofNullable(attributes.remove("MessageDeduplicationId"));
        send(
                queues.shelf().get(queue),
                new SendMessageRequest()
                        .messageBody(payload.text())
                        .messageAttributes(attributes)
                        .messageGroupId(group.flatMap(MessageAttributeValue::stringValue))
                        .messageDeduplicationId(deduplicationId.flatMap(MessageAttributeValue::stringValue)));
    }

    private SendMessageResult send(Queue queue, SendMessageRequest in) {
        int delay = in.delaySeconds().orElse(queue.number(Setting.DELAY));
        Content content = sealing.sealed(queue, content(queue, in));
        Instant now = backlog.now();
        var key = new SentMessage.Key(queue.lot(), now, kernel.ids().sequence());
        Instant due = queue.isFifo() ? now : now.plusSeconds(delay);
        var message = new SentMessage(key, kernel.ids().uuid(), content, due, "");
        Optional<Deduplicated> before = queue.isFifo() ? deduplication.claim(queue, message) : Optional.empty();
        backlog.expire(queue, EXPIRED_AT_A_SEND);
        if (before.isEmpty()) {
            backlog.add(queue, message, Optional.empty());
        }
        Usage.count(kernel.meter(), queue, Attributes.size(in.messageBody(), in.messageAttributes()));
        return told(queue, message, before)
                .md5OfMessageBody(Attributes.md5(in.messageBody()))
                .md5OfMessageSystemAttributes(Attributes.md5(Attributes.trace(content.trace())));
    }

    private static SendMessageResult told(Queue queue, SentMessage message, Optional<Deduplicated> before) {
        return new SendMessageResult()
                .messageId(before.map(Deduplicated::messageId).orElse(message.id()))
                .sequenceNumber(
                        Optional.of(before.map(Deduplicated::sequenceNumber).orElseGet(message::sequenceNumber))
                                .filter(_ -> queue.isFifo()))
                .md5OfMessageAttributes(Attributes.md5(message.content().attributes()));
    }

    private static Content content(Queue queue, SendMessageRequest in) {
        String body = in.messageBody();
        Text.check(body);
        Map<String, Attribute> attributes = Attributes.read(in.messageAttributes());
        int most = queue.number(Setting.MAXIMUM_MESSAGE_SIZE);
        if (Attributes.size(body, in.messageAttributes()) > most) {
            throw INVALID_PARAMETER_VALUE.because(
                    "One or more parameters are invalid. Reason: Message must be shorter than %d bytes.", most);
        }
        return new Content(
                body,
                Call.current().principal().userId(),
                Attributes.readTrace(in.messageSystemAttributes()),
                in.messageGroupId(),
                queue.isFifo() ? Optional.of(fifoId(queue, in)) : standardId(in),
                attributes,
                Optional.empty());
    }

    private static Optional<String> standardId(SendMessageRequest in) {
        in.messageDeduplicationId().ifPresent(id -> {
            throw Refusals.wrongQueueType(id, "MessageDeduplicationId");
        });
        return Optional.empty();
    }

    /// Refuses what a FIFO queue cannot take, and answers the deduplication id: the one given, or the body's
    /// digest.
    private static String fifoId(Queue queue, SendMessageRequest in) {
        if (in.messageGroupId().isEmpty()) {
            throw Refusals.missing("MessageGroupId");
        }
        in.delaySeconds().filter(delay -> delay > 0).ifPresent(delay -> {
            throw Refusals.wrongQueueType(delay, "DelaySeconds");
        });
        return in.messageDeduplicationId().orElseGet(() -> {
            if (!queue.is(Setting.CONTENT_BASED_DEDUPLICATION, "true")) {
                throw INVALID_PARAMETER_VALUE.because("The queue should either have ContentBasedDeduplication enabled"
                        + " or MessageDeduplicationId provided explicitly");
            }
            return Attributes.sha256(in.messageBody());
        });
    }
}
