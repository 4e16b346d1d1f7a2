package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.Destination;
import dev.cloudjar.api.S3.ReplicationConfiguration;
import dev.cloudjar.api.S3.ReplicationRule;
import dev.cloudjar.kernel.Arn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a bucket may say of the copies that are made of its objects elsewhere.
final class ReplicationRules {
    private static final int MOST = 1000;

    private ReplicationRules() {}

    static void check(OwnedBucket bucket, ReplicationConfiguration configuration, Buckets buckets) {
        if (!bucket.isVersioned()) {
            throw Refusals.request("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
        }
        if (configuration.rules().size() > MOST) {
            throw Refusals.malformedXml();
        }
        Set<String> ids = new HashSet<>();
        Set<Integer> priorities = new HashSet<>();
        for (ReplicationRule rule : configuration.rules()) {
            check(rule, buckets);
            if (rule.id().filter(id -> !ids.add(id)).isPresent()) {
                throw Refusals.argument(
                        "Rule Id must be unique. Found same Id for more than one rule",
                        "ID",
                        rule.id().get());
            }
            if (rule.filter().isPresent() && !priorities.add(rule.priority().orElse(0))) {
                throw Refusals.request(
                        "Found duplicate priority " + rule.priority().orElse(0));
            }
        }
    }

    private static void check(ReplicationRule rule, Buckets buckets) {
        if (rule.filter().isPresent() && rule.priority().isEmpty()) {
            throw Refusals.request(
                    "Priority must be specified for this version of Cross Region Replication configuration"
                            + " schema. Please refer to S3 Developer Guide for more information.");
        }
        if (rule.filter().isPresent() && rule.deleteMarkerReplication().isEmpty()) {
            throw Refusals.request(
                    "DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration"
                            + " schema. Please refer to S3 Developer Guide for more information.");
        }
        checkCompany(rule);
        String name = target(rule);
        OwnedBucket there = buckets.find(name).orElseThrow(() -> Refusals.request("Destination bucket must exist."));
        if (!there.isVersioned()) {
            throw Refusals.request("Destination bucket must have versioning enabled.");
        }
    }

    /// Refuses what goes only together with something else, or not with it.
    private static void checkCompany(ReplicationRule rule) {
        boolean tags = rule.filter().isPresent()
                && !ObjectFilter.of(rule.filter()).tags().isEmpty();
        boolean markers = rule.deleteMarkerReplication()
                .flatMap(replication -> replication.status())
                .filter("Enabled"::equals)
                .isPresent();
        if (tags && markers) {
            throw Refusals.request("Delete marker replication is not supported if any Tag filter is specified. Please"
                    + " refer to S3 Developer Guide for more information.");
        }
        Destination to = rule.destination();
        boolean sealed = rule.sourceSelectionCriteria()
                .flatMap(criteria -> criteria.sseKmsEncryptedObjects())
                .isPresent();
        if (to.encryptionConfiguration().isPresent() && !sealed) {
            throw Refusals.request("SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.");
        }
        if (to.encryptionConfiguration().isEmpty() && sealed) {
            throw Refusals.request("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.");
        }
        if (to.replicationTime().isPresent() && to.metrics().isEmpty()) {
            throw Refusals.request("Replication destination must contain both ReplicationTime and Metrics or neither.");
        }
    }

    /// The name of the bucket that a rule copies to.
    static String target(ReplicationRule rule) {
        return Arn.parse(rule.destination().bucket())
                .map(Arn::resource)
                .orElseThrow(() -> Refusals.argument(
                        "Invalid bucket ARN", "Bucket", rule.destination().bucket()));
    }

    /// The same, with an id for each rule that has none.
    static ReplicationConfiguration named(ReplicationConfiguration configuration) {
        List<ReplicationRule> rules = new ArrayList<>();
        for (ReplicationRule rule : configuration.rules()) {
            rules.add(
                    rule.id().filter(id -> !id.isEmpty()).isPresent()
                            ? rule
                            : ReplicationRule.from(rule).id("rule-" + (rules.size() + 1)));
        }
        return ReplicationConfiguration.from(configuration).rules(rules);
    }
}
