package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.List;

/// An access point: a name of its own for a bucket, with a policy of its own. Its alias can be used where a
/// bucket's name can.
///
/// @param vpc the only network it is reached from, empty where it is reached from everywhere
/// @param open which of the four settings of Block Public Access it leaves off
record BucketDoor(
        String key,
        String bucket,
        String alias,
        Instant created,
        String policy,
        String vpc,
        List<String> open,
        Reach reach)
        implements Row<String> {
    static final String SUFFIX = "-s3alias";
    static final String DIRECTORY_SUFFIX = "--xa--s3";

    /// What an alias means: an access point and its bucket. The name of a multi-region one has no bucket, that
    /// of a directory's is the access point's own.
    record Alias(String key, String bucket, String account, String region, String door) implements Row<String> {}

    /// How far an access point of a directory bucket reaches; nothing is everything.
    record Reach(List<String> prefixes, List<String> permissions) {
        static final Reach ALL = new Reach(List.of(), List.of());

        boolean has(String action, String key) {
            return (permissions.isEmpty() || permissions.contains(action))
                    && (prefixes.isEmpty() || key.isEmpty() || prefixes.stream().anyMatch(key::startsWith));
        }
    }

    boolean isOfDirectory() {
        return key.endsWith(DIRECTORY_SUFFIX);
    }

    BucketDoor with(String newPolicy) {
        return new BucketDoor(key, bucket, alias, created, newPolicy, vpc, open, reach);
    }

    BucketDoor with(Reach other) {
        return new BucketDoor(key, bucket, alias, created, policy, vpc, open, other);
    }
}
