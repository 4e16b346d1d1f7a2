package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// An access point: a name of its own for a bucket, with a policy of its own. Its alias can be used where a
/// bucket's name can.
record BucketDoor(String key, String bucket, String alias, Instant created, String policy, String vpc)
        implements Row<String> {
    static final String SUFFIX = "-s3alias";

    /// Which bucket an alias means.
    record Alias(String key, String bucket) implements Row<String> {}

    BucketDoor with(String newPolicy) {
        return new BucketDoor(key, bucket, alias, created, newPolicy, vpc);
    }
}
