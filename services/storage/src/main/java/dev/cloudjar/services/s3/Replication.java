package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.ReplicationConfiguration;
import dev.cloudjar.api.S3.ReplicationRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Copies of new versions to other buckets, under the same version ids, made right after the versions themselves.
final class Replication {
    static final String TASK = "replicate";

    private final Buckets buckets;
    private final Objects objects;
    private final Documents documents;
    private final Changes changes;
    private final ReplicationRole role;
    private final ReplicationTime time;

    Replication(Parts parts) {
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.documents = parts.documents();
        this.changes = parts.changes();
        this.role = new ReplicationRole(parts.kernel());
        this.time = new ReplicationTime(parts.kernel(), parts.changes());
    }

    /// What a bucket says of its copies.
    static Optional<ReplicationConfiguration> of(OwnedBucket bucket, Documents documents) {
        return documents.find(bucket, Configurations.REPLICATION, new ReplicationConfiguration());
    }

    /// The rules that copy this version, one for each bucket copied to. A replica is not copied on.
    static List<ReplicationRule> rules(Optional<ReplicationConfiguration> configuration, Version version) {
        boolean replica = version.extra().replication().equals("REPLICA");
        boolean customers = version.content().seal().filter(Seal::isCustomers).isPresent();
        if (replica || customers) {
            return List.of();
        }
        Map<String, ReplicationRule> byTarget = new LinkedHashMap<>();
        configuration.map(ReplicationConfiguration::rules).orElse(List.of()).stream()
                .filter(rule -> rule.status().equals("Enabled") && concerns(rule, version))
                .forEach(rule -> byTarget.merge(
                        ReplicationRules.target(rule),
                        rule,
                        (one, other) ->
                                one.priority().orElse(0) >= other.priority().orElse(0) ? one : other));
        return List.copyOf(byTarget.values());
    }

    private static boolean concerns(ReplicationRule rule, Version version) {
        ObjectFilter filter = ObjectFilter.of(rule.filter());
        boolean markers = rule.deleteMarkerReplication()
                .flatMap(replication -> replication.status())
                .filter("Enabled"::equals)
                .isPresent();
        return version.key().name().startsWith(rule.prefix().orElse(""))
                && (!version.marker() || markers && filter.tags().isEmpty())
                && filter.takes(version);
    }

    /// Copies the version that `subject` names, `bucket/version/rules/key`, and tells what is to be told of the
    /// time it took by those rules.
    void replicateTimed(String subject) {
        String[] names = subject.split("/", 4);
        Optional<OwnedBucket> bucket = buckets.find(names[0]);
        Optional<Version> version = bucket.flatMap(b -> objects.find(b, names[3], names[1]));
        if (version.isEmpty()) {
            return;
        }
        List<ReplicationRule> rules = rules(of(bucket.orElseThrow(), documents), version.get());
        List<ReplicationRule> late = time.tellBefore(bucket.get(), version.get(), names[2], rules);
        replicate(names[0] + '/' + names[1] + '/' + names[3]);
        boolean copied = objects.find(bucket.get(), names[3], names[1])
                .filter(now -> now.extra().replication().equals("COMPLETED"))
                .isPresent();
        if (copied) {
            time.tellAfter(bucket.get(), version.get(), late);
        }
    }

    /// Copies the version that `subject` names, `bucket/version/key`.
    void replicate(String subject) {
        String[] names = subject.split("/", 3);
        Optional<OwnedBucket> bucket = buckets.find(names[0]);
        Optional<Version> version = bucket.flatMap(b -> objects.find(b, names[2], names[1]));
        if (version.isEmpty()) {
            return;
        }
        Optional<ReplicationConfiguration> configuration = of(bucket.orElseThrow(), documents);
        String name = configuration.map(ReplicationConfiguration::role).orElse("");
        boolean all = true;
        for (ReplicationRule rule : rules(configuration, version.get())) {
            all &= replicate(bucket.get(), version.get(), rule, name);
        }
        if (!version.get().marker()) {
            objects.change(version.get().with(status(version.get(), all ? "COMPLETED" : "FAILED")));
        }
    }

    /// Whether the copy could be made.
    private boolean replicate(OwnedBucket bucket, Version version, ReplicationRule rule, String name) {
        Optional<OwnedBucket> there = buckets.find(ReplicationRules.target(rule));
        String obstacle =
                there.map(target -> obstacle(bucket, version, target, name)).orElse("DstBucketNotFound");
        if (obstacle.isEmpty()) {
            copy(version, there.orElseThrow(), rule);
        } else if (!version.marker()) {
            changes.notReplicated(bucket, version, rule, obstacle);
        }
        return obstacle.isEmpty();
    }

    /// What AWS calls the reason for which nothing can be copied; empty where all is well.
    private String obstacle(OwnedBucket from, Version version, OwnedBucket to, String name) {
        if (!to.isVersioned()) {
            return "DstBucketUnversioned";
        }
        if (from.keeping().lock() && !to.keeping().lock()) {
            return "DstBucketObjectLockConfigMissing";
        }
        return role.obstacle(name, from, version, to);
    }

    private static Version.Extra status(Version version, String status) {
        return version.extra().replication(status);
    }

    private void copy(Version version, OwnedBucket there, ReplicationRule rule) {
        Map<String, String> headers = new LinkedHashMap<>(version.facts().headers());
        rule.destination().storageClass().ifPresent(name -> headers.put("StorageClass", name));
        if (Version.STANDARD.equals(headers.get("StorageClass"))) {
            headers.remove("StorageClass");
        }
        var facts = new Version.Facts(
                headers, version.facts().metadata(), version.facts().tags());
        objects.replica(there, version.with(facts).with(status(version, "REPLICA")));
    }
}
