package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Envelope;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.model.Blob;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A message as it was sent, written once. Rows stand in the order of sending, so those that have outlived the
/// retention period come first. `due` is when it was first to be seen; `source` the ARN of the queue whose
/// dead-letter queue it lies in, if it was moved there.
record SentMessage(Key key, String id, Content content, Instant due, String source) implements Row<SentMessage.Key> {
    private static final long SEQUENCE_BASE = Long.parseUnsignedLong("10000000000000000000");

    record Key(Lot lot, Instant sent, long sequence) {}

    /// What the sender said. Of a queue with a KMS key the body is `sealed`.
    record Content(
            String body,
            String sender,
            Optional<String> trace,
            Optional<String> group,
            Optional<String> deduplication,
            Map<String, Attribute> attributes,
            Optional<SealedBody> sealed) {
        Content deduplicatedBy(String id) {
            return new Content(body, sender, trace, group, Optional.of(id), attributes, sealed);
        }

        /// The same with its body in an envelope.
        Content sealed(SealedBody envelope) {
            return new Content("", sender, trace, group, deduplication, attributes, Optional.of(envelope));
        }
    }

    /// A body in an envelope that was closed in the name of the queue with the ARN `queue`, whichever it lies
    /// in now.
    record SealedBody(String queue, Envelope envelope) {}

    /// A message attribute: text or bytes, under a type such as `Number.int`.
    record Attribute(String type, Optional<String> text, Optional<Blob> binary) {}

    /// Whether the message stands in the line of its group: in a FIFO queue always, in a standard queue, whose
    /// groups share it fairly, unless it is delayed.
    boolean inLine(Queue queue) {
        return content.group().isPresent() && (queue.isFifo() || !due.isAfter(key.sent()));
    }

    /// The number that tells the order of a FIFO queue: twenty digits, as long as AWS's.
    String sequenceNumber() {
        return Long.toUnsignedString(SEQUENCE_BASE + key.sequence());
    }

    String group() {
        return content.group().orElse("");
    }

    boolean outlived(Queue queue, Instant now) {
        return key.sent().isBefore(queue.keepsFrom(now));
    }
}
