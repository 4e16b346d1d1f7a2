package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.AccountLevel;
import dev.cloudjar.api.S3Control.Exclude;
import dev.cloudjar.api.S3Control.Include;
import dev.cloudjar.api.S3Control.PrefixLevel;
import dev.cloudjar.api.S3Control.SelectionCriteria;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The metrics of Storage Lens about what lies in an account's buckets, by region and storage class, and about
/// the requests made to them.
final class LensMetrics {
    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Table<Upload.Key, Upload> uploads;
    private final Table<StoredPart.Key, StoredPart> parts;
    private final Table<String, LensGroups.Group> groups;
    private final Activity activity;
    private final LensSettings settings;

    /// Which prefixes are told: how deep, and how much of their bucket they have to hold in percent.
    private record Deep(String delimiter, int depth, double least) {
        static final Deep NOT = new Deep("/", 0, 0);
        private static final int USUAL_DEPTH = 5;

        static Deep of(StorageLensConfiguration wanted) {
            return wanted.accountLevel()
                    .bucketLevel()
                    .prefixLevel()
                    .map(PrefixLevel::storageMetrics)
                    .filter(metrics -> metrics.isEnabled().orElse(false))
                    .map(metrics -> metrics.selectionCriteria().orElseGet(SelectionCriteria::new))
                    .map(criteria -> new Deep(
                            criteria.delimiter().orElse("/"),
                            criteria.maxDepth().orElse(USUAL_DEPTH),
                            criteria.minStorageBytesPercentage().orElse(1.0)))
                    .orElse(NOT);
        }

        /// The prefixes of a key, the shortest first.
        List<String> of(String key) {
            List<String> prefixes = new ArrayList<>();
            int end = key.indexOf(delimiter);
            while (end >= 0 && prefixes.size() < depth) {
                prefixes.add(key.substring(0, end + delimiter.length()));
                end = key.indexOf(delimiter, end + delimiter.length());
            }
            return prefixes;
        }
    }

    /// The numbers of one export, found by going through the buckets once.
    private record Found(
            Deep deep, List<LensFilter> groups, Instant midnight, Map<LensPlace, Map<String, Long>> numbers) {
        Map<String, Long> of(LensPlace place) {
            return numbers.computeIfAbsent(place, _ -> new LinkedHashMap<>());
        }
    }

    LensMetrics(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.uploads = kernel.table(Upload.class, Scope.WORLD);
        this.parts = objects.parts();
        this.groups = kernel.table(LensGroups.Group.class);
        this.activity = new Activity(kernel);
        this.settings = new LensSettings(parts.documents());
    }

    /// The rows of the export that is made at `midnight`, each beginning with `head`.
    List<List<@Nullable Object>> rows(StorageLensConfiguration wanted, List<String> head, Instant midnight) {
        activity.settle();
        Found found = kernel.transact(() -> find(wanted, midnight));
        found.numbers().keySet().removeAll(small(found));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        found.numbers()
                .forEach((place, metrics) -> metrics.forEach((name, value) -> {
                    List<@Nullable Object> row = new ArrayList<>(head);
                    row.addAll(List.of(
                            place.region(), place.storageClass(), place.kind().name(), place.shown()));
                    row.addAll(List.of(place.bucket(), name, value));
                    rows.add(row);
                }));
        return rows;
    }

    private Found find(StorageLensConfiguration wanted, Instant midnight) {
        List<LensFilter> attached =
                LensFilter.attached(wanted, groups.rows(Span.ALL).map(LensGroups.Group::read), midnight);
        var found = new Found(Deep.of(wanted), attached, midnight, new TreeMap<>());
        buckets.owned("").filter(bucket -> isWanted(wanted, bucket)).toList().forEach(bucket -> {
            measure(bucket, found);
            count(bucket, wanted.accountLevel(), found);
            count(bucket, found);
        });
        return found;
    }

    /// The settings that a bucket has.
    private void count(OwnedBucket bucket, Found found) {
        for (String name : settings.of(bucket)) {
            found.of(LensPlace.ofBucket(bucket, "")).put(name, 1L);
            found.of(LensPlace.ofAccount(bucket.region(), "")).merge(name, 1L, Long::sum);
        }
    }

    /// The requests that were made to a bucket that day.
    private void count(OwnedBucket bucket, AccountLevel level, Found found) {
        Predicate<String> ofAccount = Activity.ofAccount(level);
        Predicate<String> ofBuckets = Activity.ofBuckets(level.bucketLevel());
        activity.of(bucket, found.midnight()).forEach((name, times) -> {
            if (ofAccount.test(name)) {
                found.of(LensPlace.ofAccount(bucket.region(), "")).merge(name, times, Long::sum);
            }
            if (ofBuckets.test(name)) {
                found.of(LensPlace.ofBucket(bucket, "")).put(name, times);
            }
        });
    }

    /// The prefixes that hold too little of their buckets.
    private static List<LensPlace> small(Found found) {
        Map<List<String>, Long> bytes = new HashMap<>();
        found.numbers()
                .forEach((place, metrics) -> bytes.merge(
                        List.of(place.bucket(), place.value()), metrics.getOrDefault("StorageBytes", 0L), Long::sum));
        return found.numbers().keySet().stream()
                .filter(place -> place.kind() == LensPlace.Kind.PREFIX)
                .filter(place -> bytes.getOrDefault(List.of(place.bucket(), place.value()), 0L)
                        < bytes.getOrDefault(List.of(place.bucket(), ""), 0L)
                                * found.deep().least()
                                / 100)
                .toList();
    }

    private static boolean isWanted(StorageLensConfiguration wanted, OwnedBucket bucket) {
        boolean included = wanted.include().map(in -> has(in, bucket)).orElse(true);
        return included && wanted.exclude().map(out -> !has(out, bucket)).orElse(true);
    }

    private static boolean has(Include include, OwnedBucket bucket) {
        return (include.buckets().isEmpty() || include.buckets().contains(bucket.arn()))
                && (include.regions().isEmpty() || include.regions().contains(bucket.region()));
    }

    private static boolean has(Exclude exclude, OwnedBucket bucket) {
        return exclude.buckets().contains(bucket.arn()) || exclude.regions().contains(bucket.region());
    }

    private void measure(OwnedBucket bucket, Found found) {
        String before = "";
        try (Stream<Version> rows = objects.versions().rows(Span.under(bucket.name()))) {
            for (Version version : (Iterable<Version>) rows::iterator) {
                boolean current = !version.key().name().equals(before);
                before = version.key().name();
                measure(version, current, numbers(bucket, version, found));
            }
        }
        try (Stream<Upload> rows = uploads.rows(Span.under(bucket.name()))) {
            rows.toList()
                    .forEach(upload ->
                            measure(upload, numbers(bucket, upload.draft().storageClass(), found)));
        }
    }

    /// Those of the bucket and those of the account.
    private static List<Map<String, Long>> numbers(OwnedBucket bucket, String storageClass, Found found) {
        return Stream.of(LensPlace.ofBucket(bucket, storageClass), LensPlace.ofAccount(bucket.region(), storageClass))
                .map(found::of)
                .toList();
    }

    /// The same and those of the prefixes and groups to which a version belongs.
    private static List<Map<String, Long>> numbers(OwnedBucket bucket, Version version, Found found) {
        List<Map<String, Long>> numbers = new ArrayList<>(numbers(bucket, version.storageClass(), found));
        LensPlace whole = LensPlace.ofBucket(bucket, version.storageClass());
        found.deep()
                .of(version.key().name())
                .forEach(prefix -> numbers.add(found.of(whole.as(LensPlace.Kind.PREFIX, prefix))));
        LensPlace account = LensPlace.ofAccount(bucket.region(), version.storageClass());
        found.groups().stream().filter(group -> group.takes().test(version)).forEach(group -> {
            numbers.add(found.of(whole.as(LensPlace.Kind.STORAGE_LENS_GROUP_BUCKET, group.arn())));
            numbers.add(found.of(account.as(LensPlace.Kind.STORAGE_LENS_GROUP_ACCOUNT, group.arn())));
        });
        return numbers;
    }

    private static void measure(Version version, boolean current, List<Map<String, Long>> numbers) {
        if (version.marker()) {
            add("DeleteMarker", 0, numbers);
            return;
        }
        long size = version.content().size();
        add("", size, numbers);
        add(current ? "CurrentVersion" : "NonCurrentVersion", size, numbers);
        add("Encrypted", size, numbers);
        if (version.extra().replication().equals("COMPLETED")) {
            add("ReplicatedStorageBytesSource", size, "ReplicatedObjectCountSource", numbers);
        }
        if (!version.hold().equals(Version.Hold.NONE)) {
            add("ObjectLockEnabled", size, numbers);
        }
    }

    private void measure(Upload upload, List<Map<String, Long>> numbers) {
        long size = parts.rows(Span.under(upload.key().id()))
                .mapToLong(StoredPart::size)
                .sum();
        add("IncompleteMultipartUpload", size, numbers);
    }

    private static void add(String kind, long size, List<Map<String, Long>> numbers) {
        add(kind + "StorageBytes", size, kind + "ObjectCount", numbers);
    }

    private static void add(String bytes, long size, String count, List<Map<String, Long>> numbers) {
        for (Map<String, Long> one : numbers) {
            one.merge(bytes, size, Long::sum);
            one.merge(count, 1L, Long::sum);
        }
    }
}
