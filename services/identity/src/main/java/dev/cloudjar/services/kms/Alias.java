package dev.cloudjar.services.kms;

import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// A friendly name of a key: `alias/orders`, or `alias/aws/s3` for one of AWS's own.
record Alias(String key, String target, Instant created, Instant updated) implements Row<String> {
    static final String PREFIX = "alias/";
    static final String OF_AWS = "alias/aws/";
}
