package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.Exclude;
import dev.cloudjar.api.S3Control.Include;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.util.ArrayList;
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

    /// Whose the numbers are; that of an account has no bucket.
    private record Place(String region, String storageClass, String bucket) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return (region + '/' + bucket + '/' + storageClass)
                    .compareTo(other.region + '/' + other.bucket + '/' + other.storageClass);
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
        Map<Place, Map<String, Long>> found = kernel.transact(() -> {
            Map<Place, Map<String, Long>> all = new TreeMap<>();
            buckets.owned("")
                    .filter(bucket -> isWanted(wanted, bucket))
                    .toList()
                    .forEach(bucket -> measure(bucket, all));
            return all;
        });
        List<List<@Nullable Object>> rows = new ArrayList<>();
        found.forEach((place, metrics) -> metrics.forEach((name, value) -> {
            List<@Nullable Object> row = new ArrayList<>(head);
            row.addAll(List.of(place.region(), place.storageClass()));
            row.addAll(List.of(place.bucket().isEmpty() ? "ACCOUNT" : "BUCKET", "", place.bucket(), name, value));
            rows.add(row);
        }));
        return rows;
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

    private void measure(OwnedBucket bucket, Map<Place, Map<String, Long>> all) {
        String before = "";
        try (Stream<Version> rows = objects.versions().rows(Span.under(bucket.name()))) {
            for (Version version : (Iterable<Version>) rows::iterator) {
                boolean current = !version.key().name().equals(before);
                before = version.key().name();
                measure(version, current, numbers(bucket, version.storageClass(), all));
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
                .map(name ->
                        all.computeIfAbsent(new Place(bucket.region(), storageClass, name), _ -> new LinkedHashMap<>()))
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
