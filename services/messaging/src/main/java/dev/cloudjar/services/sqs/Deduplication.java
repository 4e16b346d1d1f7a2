package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Table;
import java.util.Optional;

/// Remembers deduplication ids for five minutes: in the whole queue or in each message group, as the queue says.
final class Deduplication {
    private final Table<Deduplicated.Key, Deduplicated> known;

    Deduplication(Kernel kernel) {
        this.known = kernel.table(Deduplicated.class);
    }

    /// The message that has the deduplication id of `message` already; where none has, `message` has it now.
    Optional<Deduplicated> claim(Queue queue, SentMessage message) {
        boolean inGroup = queue.is(Setting.DEDUPLICATION_SCOPE, "messageGroup");
        String id = message.content().deduplication().orElse("");
        var key = new Deduplicated.Key(queue.lot(), inGroup ? message.group() : "", id);
        Optional<Deduplicated> before = known.find(key);
        if (before.isEmpty()) {
            known.put(new Deduplicated(key, message.key().sent(), message.id(), message.sequenceNumber()));
        }
        return before;
    }
}
