package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.JobManifestGeneratorFilter;
import dev.cloudjar.api.S3Control.KeyNameConstraint;
import dev.cloudjar.api.S3Control.S3JobManifestGenerator;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// The objects of a bucket that a job finds by itself, where it is given no manifest.
final class JobListing {
    private static final int MOST = 1000;

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Documents documents;

    JobListing(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.documents = parts.documents();
    }

    void each(S3JobManifestGenerator wanted, Consumer<JobTarget> told) {
        String name = Arn.parse(wanted.sourceBucket()).map(Arn::resource).orElse(wanted.sourceBucket());
        OwnedBucket bucket = kernel.transact(() -> buckets.of(name, wanted.expectedBucketOwner()));
        Call.current().in(bucket.owner(), bucket.region()).run(() -> {
            kernel.require(Actions.access("ListBucketVersions", bucket.arn()));
            return bucket;
        });
        var filter = wanted.filter().orElseGet(JobManifestGeneratorFilter::new);
        Optional<Version.Key> after = Optional.of(new Version.Key(name, "", 0));
        while (after.isPresent()) {
            List<Version> page = objects.page(after.get(), MOST);
            after = page.size() == MOST ? Optional.of(page.getLast().key()) : Optional.empty();
            for (Version version : page) {
                if (!version.marker() && takes(filter, bucket, version)) {
                    String id = bucket.hasVersions() ? version.id() : "";
                    told.accept(new JobTarget(name, version.key().name(), id));
                }
            }
        }
    }

    private boolean takes(JobManifestGeneratorFilter filter, OwnedBucket bucket, Version version) {
        long size = version.content().size();
        var modified = version.origin().modified();
        String status = version.extra().replication();
        return filter.createdAfter().map(modified::isAfter).orElse(true)
                && filter.createdBefore().map(modified::isBefore).orElse(true)
                && filter.objectSizeGreaterThanBytes()
                        .map(least -> size > least)
                        .orElse(true)
                && filter.objectSizeLessThanBytes().map(most -> size < most).orElse(true)
                && any(filter.matchAnyStorageClass(), version.storageClass(), String::equals)
                && any(filter.objectReplicationStatuses(), status.isEmpty() ? "NONE" : status, String::equals)
                && filter.eligibleForReplication()
                        .map(wanted -> wanted
                                != Replication.rules(Replication.of(bucket, documents), version)
                                        .isEmpty())
                        .orElse(true)
                && filter.keyNameConstraint()
                        .map(names -> takes(names, version.key().name()))
                        .orElse(true);
    }

    private static boolean takes(KeyNameConstraint names, String key) {
        return any(names.matchAnyPrefix(), key, (prefix, name) -> name.startsWith(prefix))
                && any(names.matchAnySuffix(), key, (suffix, name) -> name.endsWith(suffix))
                && any(names.matchAnySubstring(), key, (part, name) -> name.contains(part));
    }

    private static boolean any(List<String> wanted, String value, BiPredicate<String, String> fits) {
        return wanted.isEmpty() || wanted.stream().anyMatch(one -> fits.test(one, value));
    }
}
