package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.BucketLifecycleConfiguration;
import dev.cloudjar.api.S3.LifecycleRule;
import dev.cloudjar.api.S3.NotificationConfiguration;
import dev.cloudjar.api.S3.ReplicationRule;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.AwsEvent;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.kernel.Sender;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.s3.EventJson.Happening;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What follows from a change of an object: who is told of it, where it is copied, and what the bucket's rules
/// have in store for it. Belongs to the transaction of the change.
final class Changes {
    private final Kernel kernel;
    private final Documents documents;
    private final Objects objects;

    Changes(Kernel kernel, Documents documents, Objects objects) {
        this.kernel = kernel;
        this.documents = documents;
        this.objects = objects;
    }

    /// A version has come into being by `way` (`Put`, `Copy`).
    Version created(OwnedBucket bucket, Version version, String way) {
        changed(bucket, version, "ObjectCreated:" + way);
        return bucket.has(Configurations.REPLICATION) ? replicate(bucket, version, rules(bucket, version)) : version;
    }

    /// A version is gone, or a delete marker has taken its place.
    void removed(OwnedBucket bucket, Version version, String way) {
        changed(bucket, version, "ObjectRemoved:" + way);
        if (version.marker() && bucket.has(Configurations.REPLICATION)) {
            replicate(bucket, version, rules(bucket, version));
        }
    }

    private List<ReplicationRule> rules(OwnedBucket bucket, Version version) {
        return Replication.rules(Replication.of(bucket, documents), version);
    }

    /// Has a version copied that was there before its bucket's rules, or whose copy failed; false where no rule
    /// concerns it.
    boolean replicateAgain(OwnedBucket bucket, Version version) {
        boolean concerned = bucket.has(Configurations.REPLICATION)
                && !rules(bucket, version).isEmpty();
        if (concerned) {
            replicate(bucket, version, "");
        }
        return concerned;
    }

    private Version replicate(OwnedBucket bucket, Version version, List<ReplicationRule> rules) {
        String measured = version.marker() ? "" : ReplicationTime.measured(rules);
        return rules.isEmpty() ? version : replicate(bucket, version, measured);
    }

    /// `measured` are the rules that measure how long the copying takes.
    private Version replicate(OwnedBucket bucket, Version version, String measured) {
        String subject = bucket.name()
                + '/'
                + version.id()
                + '/'
                + (measured.isEmpty() ? "" : measured + '/')
                + version.key().name();
        String task = measured.isEmpty() ? Replication.TASK : ReplicationTime.TASK;
        kernel.agenda().at(kernel.time().now(), S3Service.ID, task, subject);
        return version.marker()
                ? version
                : objects.change(version.with(version.extra().replication("PENDING")));
    }

    /// Tells whoever the bucket says of `event` (`ObjectTagging:Put`).
    void changed(OwnedBucket bucket, Version version, String event) {
        Optional<NotificationConfiguration> told = told(bucket, version, Happening.of(event));
        if (told.isEmpty()) {
            return;
        }
        if (told.get().eventBridgeConfiguration().isPresent()) {
            Arn about = new Arn("aws", S3Service.ID, "", "", bucket.name());
            String detail = EventJson.detail(bucket, version, event);
            kernel.events().publish(new AwsEvent("aws.s3", EventJson.detailType(event), List.of(about), detail));
        }
    }

    /// Tells the bucket's listeners, whose configuration it answers where there is one.
    Optional<NotificationConfiguration> told(OwnedBucket bucket, Version version, Happening what) {
        Optional<NotificationConfiguration> configured =
                documents.find(bucket, Notifications.DOCUMENT, new NotificationConfiguration());
        Instant now = kernel.time().now();
        configured.map(Listener::of).orElse(List.of()).stream()
                .filter(listener -> listener.wants(
                        EventJson.eventName(what.name()), version.key().name()))
                .forEach(listener -> {
                    String records = EventJson.records(bucket, version, what, listener.id(), now);
                    kernel.deliveries().send(sender(bucket), listener.target().orElseThrow(), Payload.of(records));
                });
        return configured;
    }

    /// Tells that a version could not be copied, where the rule has its copying measured.
    void notReplicated(OwnedBucket bucket, Version version, ReplicationRule rule, String reason) {
        if (ReplicationTime.isMeasured(rule)) {
            told(bucket, version, Happening.notReplicated(rule, version.origin().modified(), reason));
        }
    }

    /// In whose name a bucket tells others: their policies may ask for its ARN.
    static Sender sender(OwnedBucket bucket) {
        return new Sender("s3.amazonaws.com", bucket.arn());
    }

    private List<LifecycleRule> aging(OwnedBucket bucket) {
        return documents
                .find(bucket, Lifecycle.DOCUMENT, new BucketLifecycleConfiguration())
                .map(BucketLifecycleConfiguration::rules)
                .orElse(List.of());
    }

    /// Says in an answer when and by which rule of the bucket an upload will be given up.
    void tellAbortion(OwnedBucket bucket, Upload upload, Struct out) {
        Optional<Instant> earliest = Optional.empty();
        for (LifecycleRule rule : aging(bucket)) {
            Optional<Instant> at = LifecycleRules.abortion(rule, upload.key().name(), upload.initiated());
            if (at.isPresent() && earliest.filter(e -> !at.get().isBefore(e)).isEmpty()) {
                earliest = at;
                Told.set(out, "AbortDate", at.get());
                rule.id().ifPresent(id -> Told.set(out, "AbortRuleId", id));
            }
        }
    }

    /// When a version will expire, and by which rule.
    record Expiry(Instant at, String rule) {}

    /// When and by which rule of the bucket the version will expire, as answers say it.
    Optional<String> expiration(OwnedBucket bucket, Version version) {
        return expiry(bucket, version)
                .map(expiry -> "expiry-date=\"" + Refusals.httpDate(expiry.at()) + "\", rule-id=\""
                        + encoded(expiry.rule()) + '"');
    }

    private static String encoded(String rule) {
        return URLEncoder.encode(rule, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Optional<Expiry> expiry(OwnedBucket bucket, Version version) {
        Optional<Instant> earliest = Optional.empty();
        String by = "";
        for (LifecycleRule rule : aging(bucket)) {
            Optional<Instant> expiry =
                    LifecycleRules.concerns(rule, version) ? LifecycleRules.expiry(rule, version) : Optional.empty();
            if (expiry.isPresent()
                    && earliest.filter(e -> !expiry.get().isBefore(e)).isEmpty()) {
                earliest = expiry;
                by = rule.id().orElse("");
            }
        }
        String rule = by;
        return earliest.map(at -> new Expiry(at, rule));
    }
}
