package dev.cloudjar.services.sqs;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Shelf;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The attributes of queues: those that are set, and those that SQS tells.
final class QueueAttributes implements Sqs {
    private final Queues queues;
    private final Backlog backlog;

    QueueAttributes(Queues queues, Backlog backlog) {
        this.queues = queues;
        this.backlog = backlog;
    }

    /// `queue` with other attributes, which fit it and each other.
    static Queue set(Queue queue, Map<String, String> changes, Instant now, Shelf<Queue> queues) {
        var settings = new LinkedHashMap<>(queue.settings());
        changes.forEach((name, value) -> {
            Setting.named(name, queue.isFifo()).check(value);
            settings.put(name, value);
        });
        settleEncryption(settings, changes);
        settings.values().removeIf(String::isEmpty);
        Queue changed = queue.with(settings, now);
        if (queue.isFifo()
                && changed.is(Setting.THROUGHPUT_LIMIT, "perMessageGroupId")
                && !changed.is(Setting.DEDUPLICATION_SCOPE, "messageGroup")) {
            throw Setting.THROUGHPUT_LIMIT.refused();
        }
        if (changes.containsKey(Setting.REDRIVE_POLICY.wire())) {
            Redrive.check(changed, queues);
        }
        Redrive.checkAllow(changed.get(Setting.REDRIVE_ALLOW_POLICY));
        return changed;
    }

    /// Encryption by KMS and by SQS exclude each other: the one asked for replaces the other.
    private static void settleEncryption(Map<String, String> settings, Map<String, String> changes) {
        boolean kms = !changes.getOrDefault(Setting.KMS_KEY.wire(), "").isEmpty();
        boolean managed = "true".equals(changes.get(Setting.MANAGED_SSE.wire()));
        if (kms && managed) {
            throw INVALID_ATTRIBUTE_NAME.because("You can use one type of server-side encryption (SSE) at one time."
                    + " You can either enable KMS SSE or SQS SSE.");
        }
        if (kms) {
            settings.remove(Setting.MANAGED_SSE.wire());
        } else if (managed) {
            settings.keySet().removeAll(Set.of(Setting.KMS_KEY.wire(), Setting.KMS_REUSE.wire()));
        }
    }

    @Override
    public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest in) {
        Queue queue = queues.of(in);
        Instant now = backlog.now();
        in.attributes()
                .forEach((name, value) -> Setting.named(name, queue.isFifo()).check(value));
        Map<String, String> kept = queues.kept(in.attributes());
        queues.shelf().update(queue.id(), q -> set(q, kept, now, queues.shelf()));
        return new SetQueueAttributesResponse();
    }

    @Override
    public GetQueueAttributesResult getQueueAttributes(GetQueueAttributesRequest in) {
        Queue queue = queues.of(in);
        return new GetQueueAttributesResult().attributes(told(queue, in.attributeNames()));
    }

    private Map<String, String> told(Queue queue, List<String> asked) {
        var told = new LinkedHashMap<String, String>();
        if (asked.isEmpty()) {
            return told;
        }
        for (Setting setting : Setting.values()) {
            if (queue.isFifo() || !setting.isForFifo()) {
                tell(
                        told,
                        asked,
                        setting.wire(),
                        () -> setting == Setting.POLICY ? queues.policy(queue) : queue.get(setting));
            }
        }
        tell(
                told,
                asked,
                QueueAttributeName.QUEUE_ARN,
                () -> queues.shelf().arn(queue.id()).toString());
        tell(told, asked, QueueAttributeName.CREATED_TIMESTAMP, () -> seconds(queue.created()));
        tell(told, asked, QueueAttributeName.LAST_MODIFIED_TIMESTAMP, () -> seconds(queue.modified()));
        Backlog.Count count = backlog.count(queue);
        tell(told, asked, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, () -> Long.toString(count.visible()));
        tell(
                told,
                asked,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                () -> Long.toString(count.inFlight()));
        tell(
                told,
                asked,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                () -> Long.toString(count.delayed()));
        return told;
    }

    private static void tell(Map<String, String> told, List<String> asked, String name, Supplier<String> value) {
        if (asked.contains(name) || asked.contains(QueueAttributeName.ALL)) {
            String text = value.get();
            if (!text.isEmpty()) {
                told.put(name, text);
            }
        }
    }

    private static String seconds(Instant at) {
        return Long.toString(at.getEpochSecond());
    }
}
