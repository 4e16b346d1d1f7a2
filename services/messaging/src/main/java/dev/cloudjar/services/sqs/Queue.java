package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.QUEUE_DOES_NOT_EXIST;

import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A queue: its name, what it was told to be, and the lot that holds its messages. Settings that were never made
/// are not in `settings`.
record Queue(
        String id, Lot lot, Instant created, Instant modified, Map<String, String> settings, Optional<Instant> purged)
        implements Resource {
    static final Kind<Queue> KIND = Kind.of(
                    SqsService.ID,
                    "queue",
                    Queue.class,
                    name -> QUEUE_DOES_NOT_EXIST.because("The specified queue does not exist."))
            .tags(Tags.RULES);

    private static final String FIFO_SUFFIX = ".fifo";

    boolean isFifo() {
        return id.endsWith(FIFO_SUFFIX);
    }

    /// The setting as it was made, or its default; empty where it has neither. SQS encrypts with its own key
    /// unless a KMS key is named, and then keeps a data key for five minutes.
    String get(Setting setting) {
        boolean kms = settings.containsKey(Setting.KMS_KEY.wire());
        String initial = switch (setting) {
            case MANAGED_SSE -> kms ? "false" : "true";
            case KMS_REUSE -> kms ? "300" : "";
            default -> setting.initial();
        };
        return settings.getOrDefault(setting.wire(), initial);
    }

    boolean is(Setting setting, String value) {
        return get(setting).equals(value);
    }

    int number(Setting setting) {
        return Integer.parseInt(get(setting));
    }

    Duration seconds(Setting setting) {
        return Duration.ofSeconds(number(setting));
    }

    /// Messages sent before this instant have outlived the retention period.
    Instant keepsFrom(Instant now) {
        return now.minus(seconds(Setting.RETENTION));
    }

    Queue with(Map<String, String> changed, Instant now) {
        return new Queue(id, lot, created, now, changed, purged);
    }

    Queue purged(Instant now) {
        return new Queue(id, lot.next(), created, modified, settings, Optional.of(now));
    }
}
