package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.AwsError;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Objects deleted: hidden behind a marker where the bucket keeps versions, else gone; and versions deleted for
/// good.
final class Deleting implements S3 {
    private static final int MOST = 1000;

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Locks locks;
    private final Changes changes;
    private final MfaDelete mfa;

    Deleting(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.locks = parts.locks();
        this.changes = parts.changes();
        this.mfa = new MfaDelete(kernel);
    }

    @Override
    public DeleteObjectOutput deleteObject(DeleteObjectRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        Locks.checkBypass(bucket, asked);
        if (in.versionId().isPresent()) {
            mfa.check(bucket, in.mfa());
        }
        return delete(bucket, in.key(), asked);
    }

    private DeleteObjectOutput delete(OwnedBucket bucket, String key, Asked in) {
        Optional<String> id = in.filled("VersionId");
        if (id.isPresent()) {
            return objects.find(bucket, key, Objects.checked(id.get()))
                    .map(version -> deleteVersion(bucket, version, in))
                    .orElseGet(() -> new DeleteObjectOutput().versionId(id));
        }
        Optional<Version> current = objects.current(bucket, key);
        Conditions.of(in).checkDelete(current);
        if (bucket.hasVersions()) {
            return mark(bucket, key);
        }
        current.ifPresent(version -> {
            objects.remove(bucket, version);
            changes.removed(bucket, version, "Delete");
        });
        return new DeleteObjectOutput();
    }

    private DeleteObjectOutput deleteVersion(OwnedBucket bucket, Version version, Asked in) {
        Conditions.of(in).checkDelete(Optional.of(version));
        locks.checkFree(version, in.flag("BypassGovernanceRetention"));
        objects.remove(bucket, version);
        changes.removed(bucket, version, "Delete");
        var out = new DeleteObjectOutput();
        if (bucket.hasVersions()) {
            out.versionId(version.id());
        }
        return version.marker() ? out.deleteMarker(true) : out;
    }

    private DeleteObjectOutput mark(OwnedBucket bucket, String key) {
        Version marker = marker(bucket, key);
        changes.removed(bucket, marker, "DeleteMarkerCreated");
        return new DeleteObjectOutput().deleteMarker(true).versionId(marker.id());
    }

    /// Puts a delete marker before all versions of the key, whether it has any or not.
    Version marker(OwnedBucket bucket, String key) {
        var origin = new Version.Origin(kernel.time().now().truncatedTo(ChronoUnit.SECONDS), bucket.owner());
        return objects.add(bucket, Version.marker(new Version.Key(bucket.name(), key, 0), "", origin));
    }

    @Override
    @OutsideTransaction
    public DeleteObjectsOutput deleteObjects(DeleteObjectsRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        checkSummed(asked);
        Locks.checkBypass(bucket, asked);
        List<ObjectIdentifier> wanted = in.delete().objects();
        if (wanted.size() > MOST) {
            throw Refusals.malformedXml();
        }
        if (in.mfa().isPresent()
                || wanted.stream().anyMatch(one -> one.versionId().isPresent())) {
            mfa.check(bucket, in.mfa());
        }
        List<DeletedObject> deleted = new ArrayList<>();
        List<S3.Error> errors = new ArrayList<>();
        for (ObjectIdentifier one : wanted) {
            try {
                String action = one.versionId().isPresent() ? "DeleteObjectVersion" : "DeleteObject";
                buckets.require(action, in.bucket(), one.key());
                if (one.versionId().filter(id -> !Objects.isId(id)).isPresent()) {
                    throw Refusals.noSuchVersion(one.key(), one.versionId().get());
                }
                DeleteObjectOutput gone = kernel.transact(() -> delete(bucket, one.key(), request(one, in)));
                deleted.add(told(one, gone));
            } catch (AwsError refused) {
                errors.add(new S3.Error()
                        .key(one.key())
                        .versionId(one.versionId())
                        .code(refused.code().code())
                        .message(refused.message()));
            }
        }
        boolean quiet = in.delete().quiet().orElse(false);
        return new DeleteObjectsOutput().deleted(quiet ? List.of() : deleted).errors(errors);
    }

    /// A list of what is to be gone must have arrived as it was sent.
    private static void checkSummed(Asked in) {
        if (!in.has("ContentMD5") && Sum.asked(in).isEmpty()) {
            throw Refusals.request("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
    }

    private static Asked request(ObjectIdentifier one, DeleteObjectsRequest in) {
        return new Asked(new DeleteObjectRequest()
                .versionId(one.versionId())
                .ifMatch(one.eTag())
                .bypassGovernanceRetention(in.bypassGovernanceRetention()));
    }

    private static DeletedObject told(ObjectIdentifier one, DeleteObjectOutput gone) {
        var told = new DeletedObject().key(one.key()).versionId(one.versionId());
        if (gone.deleteMarker().orElse(false)) {
            told.deleteMarker(true).deleteMarkerVersionId(gone.versionId());
        }
        return told;
    }
}
