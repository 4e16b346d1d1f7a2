package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Remembers deduplication ids for five minutes: in the whole queue or in each message group, as the queue says.
final class Deduplication {
    private static final int FORGOTTEN_AT_A_SEND = 10;

    private final Table<Deduplicated.Key, Deduplicated> known;

    Deduplication(Kernel kernel) {
        this.known = kernel.table(Deduplicated.class);
    }

    /// The message that has the deduplication id of `message` already; where none has, `message` has it now.
    Optional<Deduplicated> claim(Queue queue, SentMessage message) {
        Instant now = message.key().sent();
        long window = Deduplicated.window(now);
        forget(queue.lot(), window - 1);
        boolean inGroup = queue.is(Setting.DEDUPLICATION_SCOPE, "messageGroup");
        String scope = inGroup ? message.group() : "";
        String id = message.content().deduplication().orElse("");
        var key = new Deduplicated.Key(queue.lot(), window, scope, id);
        Optional<Deduplicated> before = known.find(key)
                .or(() -> known.find(new Deduplicated.Key(queue.lot(), window - 1, scope, id)))
                .filter(earlier -> earlier.holdsAt(now));
        if (before.isEmpty()) {
            known.put(new Deduplicated(key, now, message.id(), message.sequenceNumber()));
        }
        return before;
    }

    private void forget(Lot lot, long before) {
        List<Deduplicated> old = known.rows(Span.under(lot).until(before))
                .limit(FORGOTTEN_AT_A_SEND)
                .toList();
        old.forEach(row -> known.remove(row.key()));
    }
}
