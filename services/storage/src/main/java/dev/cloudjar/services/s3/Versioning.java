package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import java.util.Optional;

/// Whether a bucket keeps versions of its objects, and holds them against deletion.
final class Versioning implements S3 {
    private final Configured configured;
    private final Buckets buckets;

    Versioning(Parts parts, Configured configured) {
        this.configured = configured;
        this.buckets = parts.buckets();
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        checkMfa(in);
        String status = in.versioningConfiguration().status().orElseThrow(Versioning::illegal);
        if (!BucketVersioningStatus.VALUES.contains(status)) {
            throw Refusals.malformedXml();
        }
        if (bucket.keeping().lock() && !status.equals(OwnedBucket.ENABLED)) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        }
        if (status.equals(OwnedBucket.SUSPENDED) && bucket.has(Configurations.REPLICATION)) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "A replication configuration is present on this bucket, so you cannot change the versioning state."
                            + " To change the versioning state, first delete the replication configuration.");
        }
        keep(bucket, status, bucket.keeping().lock());
        return new PutBucketVersioningResponse();
    }

    /// Deleting only with a device's code is not offered, so nobody is made to believe that it is on.
    private static void checkMfa(PutBucketVersioningRequest in) {
        Optional<String> wanted = in.versioningConfiguration().mfaDelete();
        if (wanted.filter(status -> !MFADelete.VALUES.contains(status)).isPresent()) {
            throw Refusals.malformedXml();
        }
        if (wanted.filter(MFADelete.ENABLED::equals).isEmpty()) {
            return;
        }
        if (in.mfa().isEmpty()) {
            throw Refusals.ACCESS_DENIED.because("Mfa Authentication must be used for this request");
        }
        throw Refusals.of(
                "NotImplemented", 501, "Cloudjar does not know MFA devices of root users, so MFA delete stays off.");
    }

    private static dev.cloudjar.model.AwsError illegal() {
        return Refusals.of("IllegalVersioningConfigurationException", 400, "The Versioning element must be specified");
    }

    private void keep(OwnedBucket bucket, String status, boolean lock) {
        buckets.change(
                bucket,
                b -> b.keeping(new OwnedBucket.Keeping(status, lock, b.keeping().ownership())));
    }

    @Override
    public GetBucketVersioningOutput getBucketVersioning(GetBucketVersioningRequest in) {
        String status = configured.bucket(in).keeping().versioning();
        return new GetBucketVersioningOutput().status(Optional.of(status).filter(text -> !text.isEmpty()));
    }

    @Override
    public PutObjectLockConfigurationOutput putObjectLockConfiguration(PutObjectLockConfigurationRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        ObjectLockConfiguration lock = in.objectLockConfiguration().orElseThrow(Refusals::emptyBody);
        if (lock.objectLockEnabled().filter("Enabled"::equals).isEmpty()) {
            throw Refusals.malformedXml();
        }
        if (!bucket.isVersioned()) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        }
        lock.rule().ifPresent(rule -> check(rule.defaultRetention().orElseThrow(Refusals::malformedXml)));
        keep(bucket, bucket.keeping().versioning(), true);
        configured.put(in, Locks.DOCUMENT, lock);
        return new PutObjectLockConfigurationOutput();
    }

    private static void check(DefaultRetention retention) {
        boolean one = retention.days().isPresent() != retention.years().isPresent();
        if (!one
                || retention
                        .mode()
                        .filter(ObjectLockRetentionMode.VALUES::contains)
                        .isEmpty()) {
            throw Refusals.malformedXml();
        }
        int days = retention.days().orElse(1);
        int years = retention.years().orElse(1);
        if (days < 1 || years < 1) {
            throw Refusals.argument("Default retention period must be a positive integer value.", "days", "" + days);
        }
        if (days > 36_500 || years > 100) {
            throw Refusals.argument(
                    "Default retention period too large, exceeds 36500 days / 100 years.", "days", "" + days);
        }
    }

    @Override
    public GetObjectLockConfigurationOutput getObjectLockConfiguration(GetObjectLockConfigurationRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        if (!bucket.keeping().lock()) {
            throw Refusals.noConfiguration(
                    "ObjectLockConfigurationNotFoundError",
                    "Object Lock configuration does not exist for this bucket",
                    bucket.name());
        }
        ObjectLockConfiguration found = configured
                .find(in, Locks.DOCUMENT, new ObjectLockConfiguration())
                .orElseGet(() -> new ObjectLockConfiguration().objectLockEnabled("Enabled"));
        return new GetObjectLockConfigurationOutput().objectLockConfiguration(found);
    }
}
