package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError.Code;
import java.time.Instant;
import java.util.Optional;

/// Archived objects, brought back for some days. The copy is there at once: what AWS waits for is its own
/// machinery.
final class Archive implements S3 {
    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Changes changes;

    Archive(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.changes = parts.changes();
    }

    @Override
    public RestoreObjectOutput restoreObject(RestoreObjectRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        Version version = objects.get(bucket, in.key(), in.versionId(), "POST");
        RestoreRequest wanted = in.restoreRequest().orElseThrow(Refusals::emptyBody);
        if (wanted.type().isPresent() || wanted.selectParameters().isPresent()) {
            throw Code.of("NotImplemented", 501)
                    .because("Cloudjar does not restore by a SELECT: use SelectObjectContent's successors.");
        }
        if (!Restoring.isArchived(version)) {
            throw Code.of("InvalidObjectState", 403)
                    .because("Restore is not allowed for the object's current storage class");
        }
        int days = wanted.days().orElseThrow(Refusals::malformedXml);
        if (days < 1) {
            throw Refusals.argument("'Days' for Restore must be a positive integer", "Days", "" + days);
        }
        wanted.glacierJobParameters().ifPresent(job -> checkTier(version, job.tier()));
        Instant until = LifecycleRules.due(kernel.time().now(), days);
        Version restored = objects.change(version.with(
                new Version.Extra(version.extra().acl(), version.extra().replication(), Optional.of(until))));
        changes.changed(bucket, restored, "ObjectRestore:Post");
        changes.changed(bucket, restored, "ObjectRestore:Completed");
        return new RestoreObjectOutput();
    }

    private static void checkTier(Version version, String tier) {
        if (!Tier.VALUES.contains(tier)) {
            throw Refusals.malformedXml();
        }
        if (version.storageClass().equals("DEEP_ARCHIVE") && tier.equals(Tier.EXPEDITED)) {
            throw Refusals.argument("Retrieval option is not supported by this storage class", "Tier", tier);
        }
    }
}
