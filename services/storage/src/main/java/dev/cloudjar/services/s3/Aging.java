package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.BucketLifecycleConfiguration;
import dev.cloudjar.api.S3.LifecycleExpiration;
import dev.cloudjar.api.S3.LifecycleRule;
import dev.cloudjar.api.S3.NoncurrentVersionExpiration;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Carries out lifecycle rules: objects expire, move to colder classes, lose old versions; uploads are given up.
final class Aging {
    /// How many versions are looked at in one transaction.
    private static final int MOST = 2000;

    private final Kernel kernel;
    private final Objects objects;
    private final Documents documents;
    private final Changes changes;
    private final Deleting deleting;
    private final Uploads uploads;

    Aging(Parts parts, Deleting deleting, Uploads uploads) {
        this.kernel = parts.kernel();
        this.objects = parts.objects();
        this.documents = parts.documents();
        this.changes = parts.changes();
        this.deleting = deleting;
        this.uploads = uploads;
    }

    /// Ages some of a bucket's objects from the key `from` on; answers the key at which to go on.
    Optional<String> age(OwnedBucket bucket, String from) {
        List<LifecycleRule> rules = documents
                .find(bucket, Lifecycle.DOCUMENT, new BucketLifecycleConfiguration())
                .map(BucketLifecycleConfiguration::rules)
                .orElse(List.of());
        if (from.isEmpty()) {
            abort(bucket, rules);
        }
        Map<String, List<Version>> keys = new LinkedHashMap<>();
        Optional<String> next = read(bucket, from, keys);
        keys.values().forEach(history -> rules.forEach(rule -> apply(bucket, rule, history)));
        return next;
    }

    /// Whole histories, until there are enough versions.
    private Optional<String> read(OwnedBucket bucket, String from, Map<String, List<Version>> keys) {
        int count = 0;
        try (Stream<Version> rows =
                objects.versions().rows(Span.under(bucket.name()).from(from))) {
            var each = rows.iterator();
            while (each.hasNext()) {
                Version version = each.next();
                String key = version.key().name();
                if (count++ >= MOST && !keys.containsKey(key)) {
                    return Optional.of(key);
                }
                keys.computeIfAbsent(key, _ -> new ArrayList<>()).add(version);
            }
        }
        return Optional.empty();
    }

    private void abort(OwnedBucket bucket, List<LifecycleRule> rules) {
        for (LifecycleRule rule : rules) {
            if (rule.abortIncompleteMultipartUpload().isPresent()) {
                uploads.table().rows(Span.under(bucket.name())).toList().stream()
                        .filter(upload -> LifecycleRules.abortion(
                                        rule, upload.key().name(), upload.initiated())
                                .filter(this::isDue)
                                .isPresent())
                        .forEach(uploads::remove);
            }
        }
    }

    private boolean isDue(Instant at) {
        return !kernel.time().now().isBefore(at);
    }

    private void apply(OwnedBucket bucket, LifecycleRule rule, List<Version> history) {
        Version newest = history.getFirst();
        if (objects.find(bucket, newest.key().name(), newest.id())
                .filter(newest::equals)
                .isEmpty()) {
            return;
        }
        expireNoncurrent(bucket, rule, history);
        if (newest.marker()) {
            expireMarker(bucket, rule, history);
        } else if (LifecycleRules.concerns(rule, newest)) {
            expireCurrent(bucket, rule, newest);
        }
    }

    private void expireCurrent(OwnedBucket bucket, LifecycleRule rule, Version newest) {
        if (LifecycleRules.expiry(rule, newest).filter(this::isDue).isPresent()) {
            if (bucket.hasVersions()) {
                Version marker = deleting.marker(bucket, newest.key().name());
                changes.changed(bucket, marker, "LifecycleExpiration:DeleteMarkerCreated");
            } else {
                objects.remove(bucket, newest);
                changes.changed(bucket, newest, "LifecycleExpiration:Delete");
            }
            return;
        }
        String target = "";
        Instant latest = Instant.MIN;
        for (var transition : rule.transitions()) {
            Instant at = transition
                    .days()
                    .map(days -> LifecycleRules.due(newest.origin().modified(), days))
                    .or(transition::date)
                    .orElse(Instant.MAX);
            if (isDue(at) && at.isAfter(latest)) {
                latest = at;
                target = transition.storageClass().orElse("");
            }
        }
        if (!target.isEmpty() && !target.equals(newest.storageClass())) {
            move(bucket, newest, target);
        }
    }

    private void move(OwnedBucket bucket, Version version, String storageClass) {
        var headers = new LinkedHashMap<>(version.facts().headers());
        headers.put("StorageClass", storageClass);
        Version moved = objects.change(version.with(new Version.Facts(
                headers, version.facts().metadata(), version.facts().tags())));
        changes.changed(bucket, moved, "LifecycleTransition:" + storageClass);
    }

    /// A delete marker before nothing hides nothing.
    private void expireMarker(OwnedBucket bucket, LifecycleRule rule, List<Version> history) {
        boolean asked = rule.expiration()
                .flatMap(LifecycleExpiration::expiredObjectDeleteMarker)
                .orElse(rule.expiration().flatMap(LifecycleExpiration::days).isPresent());
        Version marker = history.getFirst();
        boolean alone = objects.history(bucket, marker.key().name()).limit(2).count() == 1;
        if (asked && alone && LifecycleRules.concerns(rule, marker)) {
            objects.remove(bucket, marker);
            changes.changed(bucket, marker, "LifecycleExpiration:Delete");
        }
    }

    /// Versions are old from the moment at which the next one came.
    private void expireNoncurrent(OwnedBucket bucket, LifecycleRule rule, List<Version> history) {
        Optional<NoncurrentVersionExpiration> expiration = rule.noncurrentVersionExpiration();
        int days =
                expiration.flatMap(NoncurrentVersionExpiration::noncurrentDays).orElse(0);
        int kept = expiration
                .flatMap(NoncurrentVersionExpiration::newerNoncurrentVersions)
                .orElse(0);
        for (int i = 1; i < history.size(); i++) {
            Version old = history.get(i);
            Instant since = history.get(i - 1).origin().modified();
            if (expiration.isPresent()
                    && i > kept
                    && LifecycleRules.concerns(rule, old)
                    && isDue(LifecycleRules.due(since, days))
                    && !old.hold().until().isAfter(kernel.time().now())
                    && !old.hold().legal().equals("ON")) {
                objects.remove(bucket, old);
                changes.changed(bucket, old, "LifecycleExpiration:Delete");
            } else if (LifecycleRules.concerns(rule, old) && !old.marker()) {
                moveNoncurrent(bucket, rule, old, since);
            }
        }
    }

    private void moveNoncurrent(OwnedBucket bucket, LifecycleRule rule, Version old, Instant since) {
        rule.noncurrentVersionTransitions().stream()
                .filter(transition -> isDue(
                        LifecycleRules.due(since, transition.noncurrentDays().orElse(0))))
                .flatMap(transition -> transition.storageClass().stream())
                .reduce((_, last) -> last)
                .filter(target -> !target.equals(old.storageClass()))
                .ifPresent(target -> move(bucket, old, target));
    }
}
