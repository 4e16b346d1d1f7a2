package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.Exclude;
import dev.cloudjar.api.S3Control.Include;
import dev.cloudjar.api.S3Control.PrefixLevel;
import dev.cloudjar.api.S3Control.SelectionCriteria;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The metrics of Storage Lens about what lies in an account's buckets, by region and storage class.
final class LensMetrics {
    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Table<Upload.Key, Upload> uploads;
    private final Table<StoredPart.Key, StoredPart> parts;

    /// Whose the numbers are; that of an account has no bucket, that of a whole bucket no prefix.
    private record Place(String region, String storageClass, String bucket, String prefix)
            implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return order().compareTo(other.order());
        }

        private String order() {
            return region + '/' + bucket + '/' + storageClass + '/' + prefix;
        }

        String kind() {
            return bucket.isEmpty() ? "ACCOUNT" : prefix.isEmpty() ? "BUCKET" : "PREFIX";
        }
    }

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

    LensMetrics(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.uploads = kernel.table(Upload.class, Scope.WORLD);
        this.parts = objects.parts();
    }

    /// The rows of an export, each beginning with `head`.
    List<List<@Nullable Object>> rows(StorageLensConfiguration wanted, List<String> head) {
        Deep deep = Deep.of(wanted);
        Map<Place, Map<String, Long>> found = kernel.transact(() -> {
            Map<Place, Map<String, Long>> all = new TreeMap<>();
            buckets.owned("")
                    .filter(bucket -> isWanted(wanted, bucket))
                    .toList()
                    .forEach(bucket -> measure(bucket, deep, all));
            return all;
        });
        found.keySet().removeAll(small(found, deep));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        found.forEach((place, metrics) -> metrics.forEach((name, value) -> {
            List<@Nullable Object> row = new ArrayList<>(head);
            row.addAll(List.of(place.region(), place.storageClass()));
            row.addAll(List.of(place.kind(), new Spelling(true).of(place.prefix()), place.bucket(), name, value));
            rows.add(row);
        }));
        return rows;
    }

    /// The prefixes that hold too little of their buckets.
    private static List<Place> small(Map<Place, Map<String, Long>> found, Deep deep) {
        Map<List<String>, Long> bytes = new HashMap<>();
        found.forEach((place, metrics) -> bytes.merge(
                List.of(place.bucket(), place.prefix()), metrics.getOrDefault("StorageBytes", 0L), Long::sum));
        return found.keySet().stream()
                .filter(place -> place.kind().equals("PREFIX"))
                .filter(place -> bytes.getOrDefault(List.of(place.bucket(), place.prefix()), 0L)
                        < bytes.getOrDefault(List.of(place.bucket(), ""), 0L) * deep.least() / 100)
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

    private void measure(OwnedBucket bucket, Deep deep, Map<Place, Map<String, Long>> all) {
        String before = "";
        try (Stream<Version> rows = objects.versions().rows(Span.under(bucket.name()))) {
            for (Version version : (Iterable<Version>) rows::iterator) {
                boolean current = !version.key().name().equals(before);
                before = version.key().name();
                List<Map<String, Long>> numbers = new ArrayList<>(numbers(bucket, version.storageClass(), all));
                deep.of(version.key().name()).stream()
                        .map(prefix -> new Place(bucket.region(), version.storageClass(), bucket.name(), prefix))
                        .forEach(place -> numbers.add(all.computeIfAbsent(place, _ -> new LinkedHashMap<>())));
                measure(version, current, numbers);
            }
        }
        try (Stream<Upload> rows = uploads.rows(Span.under(bucket.name()))) {
            rows.toList()
                    .forEach(upload ->
                            measure(upload, numbers(bucket, upload.draft().storageClass(), all)));
        }
    }

    /// Those of the bucket and those of the account.
    private static List<Map<String, Long>> numbers(
            OwnedBucket bucket, String storageClass, Map<Place, Map<String, Long>> all) {
        return Stream.of(bucket.name(), "")
                .map(name -> all.computeIfAbsent(
                        new Place(bucket.region(), storageClass, name, ""), _ -> new LinkedHashMap<>()))
                .toList();
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
        if (!version.extra().replication().isEmpty()) {
            add("Replicated", size, numbers);
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
        for (Map<String, Long> one : numbers) {
            one.merge(kind + "StorageBytes", size, Long::sum);
            one.merge(kind + "ObjectCount", 1L, Long::sum);
        }
    }
}
