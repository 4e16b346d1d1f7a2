package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.AccelerateConfiguration;
import dev.cloudjar.api.S3.BucketAccelerateStatus;
import dev.cloudjar.api.S3.ObjectOwnership;
import dev.cloudjar.api.S3.ServerSideEncryptionConfiguration;
import java.util.ArrayList;
import java.util.List;

/// Which of the settings that Storage Lens counts a bucket has, by the names of their metrics.
final class LensSettings {
    private final Documents documents;

    LensSettings(Documents documents) {
        this.documents = documents;
    }

    List<String> of(OwnedBucket bucket) {
        List<String> found = new ArrayList<>();
        add(bucket.isVersioned(), "VersioningEnabledBucketCount", found);
        add(bucket.keeping().mfa().equals(MfaDelete.ENABLED), "MFADeleteEnabledBucketCount", found);
        add(isSealedByKms(bucket), "SSEKMSEnabledBucketCount", found);
        String ownership = bucket.keeping().ownership();
        found.add(
                "ObjectOwnership" + (ownership.isEmpty() ? ObjectOwnership.OBJECT_WRITER : ownership) + "BucketCount");
        add(isAccelerated(bucket), "TransferAccelerationEnabledBucketCount", found);
        add(bucket.has(Notifications.DOCUMENT), "EventNotificationEnabledBucketCount", found);
        return found;
    }

    private static void add(boolean there, String metric, List<String> found) {
        if (there) {
            found.add(metric);
        }
    }

    private boolean isSealedByKms(OwnedBucket bucket) {
        return documents
                .find(bucket, Encrypting.DOCUMENT, new ServerSideEncryptionConfiguration())
                .map(ServerSideEncryptionConfiguration::rules)
                .orElse(List.of())
                .stream()
                .flatMap(rule -> rule.applyServerSideEncryptionByDefault().stream())
                .anyMatch(usual -> !usual.sseAlgorithm().equals(Seal.AES256));
    }

    private boolean isAccelerated(OwnedBucket bucket) {
        return documents
                .find(bucket, Configurations.ACCELERATE, new AccelerateConfiguration())
                .flatMap(AccelerateConfiguration::status)
                .filter(BucketAccelerateStatus.ENABLED::equals)
                .isPresent();
    }
}
