package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.INVALID_ATTRIBUTE_NAME;
import static dev.cloudjar.api.Sqs.INVALID_ATTRIBUTE_VALUE;

import dev.cloudjar.api.Sqs.QueueAttributeName;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.model.AwsError;

/// An attribute of a queue that its owner sets: AWS's name, its default, and which values it takes. One without a
/// default is absent until it is set, and absent again once it is set to nothing.
enum Setting {
    DELAY(QueueAttributeName.DELAY_SECONDS, "0", "0..900"),
    MAXIMUM_MESSAGE_SIZE(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576", "1024..1048576"),
    RETENTION(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600", "60..1209600"),
    WAIT_TIME(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0", "0..20"),
    VISIBILITY(QueueAttributeName.VISIBILITY_TIMEOUT, "30", "0..43200"),
    KMS_KEY(QueueAttributeName.KMS_MASTER_KEY_ID, "", "text"),
    KMS_REUSE(QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "", "60..86400"),
    MANAGED_SSE(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "", "true|false"),
    POLICY(QueueAttributeName.POLICY, "", "json"),
    REDRIVE_POLICY(QueueAttributeName.REDRIVE_POLICY, "", "text"),
    REDRIVE_ALLOW_POLICY(QueueAttributeName.REDRIVE_ALLOW_POLICY, "", "text"),
    FIFO_QUEUE(QueueAttributeName.FIFO_QUEUE, "true", "true"),
    CONTENT_BASED_DEDUPLICATION(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false", "true|false"),
    DEDUPLICATION_SCOPE(QueueAttributeName.DEDUPLICATION_SCOPE, "queue", "queue|messageGroup"),
    THROUGHPUT_LIMIT(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perQueue", "perQueue|perMessageGroupId");

    private static final int LONGEST_NUMBER = 9;

    private final String wire;
    private final String initial;
    private final String accepts;

    Setting(String wire, String initial, String accepts) {
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
        if (!removed && !takes(value)) {
            throw refused();
        }
    }

    AwsError refused() {
        return INVALID_ATTRIBUTE_VALUE.because("Invalid value for the parameter %s.", wire);
    }

    private boolean takes(String value) {
        int dots = accepts.indexOf("..");
        if (dots > 0) {
            int min = Integer.parseInt(accepts.substring(0, dots));
            int max = Integer.parseInt(accepts.substring(dots + 2));
            return isNumber(value) && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
        }
        return switch (accepts) {
            case "text" -> true;
            case "json" -> Json.object(value).isPresent();
            default -> ('|' + accepts + '|').contains('|' + value + '|');
        };
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_NUMBER
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
