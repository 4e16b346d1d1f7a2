package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.INVALID_ATTRIBUTE_NAME;
import static dev.cloudjar.api.Sqs.INVALID_ATTRIBUTE_VALUE;

import dev.cloudjar.api.Sqs.QueueAttributeName;
import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.model.AwsError;

/// An attribute of a queue that its owner sets: AWS's name, its default, and which values it takes. One without a
/// default is absent until it is set, and absent again once it is set to nothing.
enum Setting {
    DELAY(QueueAttributeName.DELAY_SECONDS, "0", Accepts.range(0, 900)),
    MAXIMUM_MESSAGE_SIZE(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576", Accepts.range(1024, 1048576)),
    RETENTION(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600", Accepts.range(60, 1209600)),
    WAIT_TIME(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0", Accepts.range(0, 20)),
    VISIBILITY(QueueAttributeName.VISIBILITY_TIMEOUT, "30", Accepts.range(0, 43200)),
    KMS_KEY(QueueAttributeName.KMS_MASTER_KEY_ID, "", Accepts.ANYTHING),
    KMS_REUSE(QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "", Accepts.range(60, 86400)),
    MANAGED_SSE(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "", Accepts.oneOf("true", "false")),
    POLICY(QueueAttributeName.POLICY, "", Accepts.JSON_OBJECT),
    REDRIVE_POLICY(QueueAttributeName.REDRIVE_POLICY, "", Accepts.ANYTHING),
    REDRIVE_ALLOW_POLICY(QueueAttributeName.REDRIVE_ALLOW_POLICY, "", Accepts.ANYTHING),
    FIFO_QUEUE(QueueAttributeName.FIFO_QUEUE, "true", Accepts.oneOf("true")),
    CONTENT_BASED_DEDUPLICATION(
            QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false", Accepts.oneOf("true", "false")),
    DEDUPLICATION_SCOPE(QueueAttributeName.DEDUPLICATION_SCOPE, "queue", Accepts.oneOf("queue", "messageGroup")),
    THROUGHPUT_LIMIT(
            QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perQueue", Accepts.oneOf("perQueue", "perMessageGroupId"));

    private final String wire;
    private final String initial;

    @SuppressWarnings("ImmutableEnumChecker") // A lambda over constants.
    private final Accepts accepts;

    Setting(String wire, String initial, Accepts accepts) {
        this.wire = wire;
        this.initial = initial;
        this.accepts = accepts;
    }

    /// The setting that AWS calls `name`, as far as a queue of this type has it; refuses all else.
    static Setting named(String name, boolean fifo) {
        for (Setting setting : values()) {
            if (setting.wire.equals(name) && (fifo || !setting.isForFifo())) {
                return setting;
            }
        }
        throw INVALID_ATTRIBUTE_NAME.because("Unknown Attribute %s.", name);
    }

    boolean isForFifo() {
        return compareTo(FIFO_QUEUE) >= 0;
    }

    String wire() {
        return wire;
    }

    String initial() {
        return initial;
    }

    void check(String value) {
        boolean removed = value.isEmpty() && initial.isEmpty();
        if (!removed && !accepts.takes(value)) {
            throw refused();
        }
    }

    AwsError refused() {
        return INVALID_ATTRIBUTE_VALUE.because("Invalid value for the parameter %s.", wire);
    }
}
