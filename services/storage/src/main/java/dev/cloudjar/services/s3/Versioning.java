package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import java.util.Optional;

/// Whether a bucket keeps versions of its objects, and holds them against deletion.
final class Versioning implements S3 {
    private final Configured configured;
    private final Buckets buckets;
    private final MfaDelete mfa;

    Versioning(Parts parts, Configured configured) {
        this.configured = configured;
        this.buckets = parts.buckets();
        this.mfa = new MfaDelete(parts.kernel());
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        Optional<String> device = checkMfa(in, bucket);
        String status = in.versioningConfiguration().status().orElseThrow(Versioning::illegal);
        if (bucket.keeping().lock() && !status.equals(OwnedBucket.ENABLED)) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        }
        if (status.equals(OwnedBucket.SUSPENDED) && bucket.has(Configurations.REPLICATION)) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "A replication configuration is present on this bucket, so you cannot change the versioning state."
                            + " To change the versioning state, first delete the replication configuration.");
        }
        keep(
                bucket,
                status,
                bucket.keeping().lock(),
                device.orElse(bucket.keeping().mfa()));
        return new PutBucketVersioningResponse();
    }

    /// Whether versions are to be deleted only with a device's code, where the request says so; refuses a change
    /// without one.
    private Optional<String> checkMfa(PutBucketVersioningRequest in, OwnedBucket bucket) {
        Optional<String> wanted = in.versioningConfiguration().mfaDelete();
        boolean now = MfaDelete.isOn(bucket);
        if (wanted.map(MfaDelete.ENABLED::equals).orElse(now) != now) {
            mfa.checkChange(bucket, in.mfa());
        } else {
            mfa.check(bucket, in.mfa());
        }
        if (!now && wanted.filter(MfaDelete.ENABLED::equals).isPresent() && bucket.has(Lifecycle.DOCUMENT)) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "MFA delete cannot be enabled on a bucket that has a lifecycle configuration.");
        }
        return wanted.filter(status -> status.equals(MfaDelete.ENABLED) || now);
    }

    private static dev.cloudjar.model.AwsError illegal() {
        return Refusals.of("IllegalVersioningConfigurationException", 400, "The Versioning element must be specified");
    }

    private void keep(OwnedBucket bucket, String status, boolean lock, String device) {
        buckets.change(bucket, b -> b.keeping(b.keeping().versions(status, lock, device)));
    }

    @Override
    public GetBucketVersioningOutput getBucketVersioning(GetBucketVersioningRequest in) {
        String status = configured.bucket(in).keeping().versioning();
        return new GetBucketVersioningOutput()
                .status(Optional.of(status).filter(text -> !text.isEmpty()))
                .mfaDelete(Optional.of(configured.bucket(in).keeping().mfa()).filter(text -> !text.isEmpty()));
    }

    @Override
    public PutObjectLockConfigurationOutput putObjectLockConfiguration(PutObjectLockConfigurationRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        ObjectLockConfiguration lock = in.objectLockConfiguration().orElseThrow(Refusals::emptyBody);
        if (lock.objectLockEnabled().isEmpty()) {
            throw Refusals.malformedXml();
        }
        if (!bucket.isVersioned()) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        }
        lock.rule().ifPresent(rule -> check(rule.defaultRetention().orElseThrow(Refusals::malformedXml)));
        keep(bucket, bucket.keeping().versioning(), true, bucket.keeping().mfa());
        configured.put(in, Locks.DOCUMENT, lock);
        return new PutObjectLockConfigurationOutput();
    }

    private static void check(DefaultRetention retention) {
        boolean one = retention.days().isPresent() != retention.years().isPresent();
        if (!one || retention.mode().isEmpty()) {
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
