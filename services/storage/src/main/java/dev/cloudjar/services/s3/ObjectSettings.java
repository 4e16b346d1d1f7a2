package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What can be changed of a version after it was written: its tags, and what it is held by.
final class ObjectSettings implements S3 {
    private final Buckets buckets;
    private final Objects objects;
    private final Locks locks;
    private final Changes changes;

    ObjectSettings(Parts parts) {
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.locks = parts.locks();
        this.changes = parts.changes();
    }

    private Version get(Asked in, String method) {
        return objects.get(buckets.of(in), in.key(), in.text("VersionId"), method);
    }

    private static Optional<String> told(OwnedBucket bucket, Version version) {
        return bucket.hasVersions() ? Optional.of(version.id()) : Optional.empty();
    }

    @Override
    public PutObjectTaggingOutput putObjectTagging(PutObjectTaggingRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        Map<String, String> tags = Tags.checked(in.tagging().tagSet(), Tags.MOST_OF_OBJECT);
        Version version = retag(get(asked, "PUT"), tags);
        changes.changed(bucket, version, "ObjectTagging:Put");
        return new PutObjectTaggingOutput().versionId(told(bucket, version));
    }

    private Version retag(Version version, Map<String, String> tags) {
        Version.Facts facts = version.facts();
        return objects.change(version.with(new Version.Facts(facts.headers(), facts.metadata(), tags)));
    }

    @Override
    public GetObjectTaggingOutput getObjectTagging(GetObjectTaggingRequest in) {
        var asked = new Asked(in);
        Version version = get(asked, "GET");
        return new GetObjectTaggingOutput()
                .tagSet(Tags.set(version.facts().tags()))
                .versionId(told(buckets.of(asked), version));
    }

    @Override
    public DeleteObjectTaggingOutput deleteObjectTagging(DeleteObjectTaggingRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        Version version = retag(get(asked, "DELETE"), Map.of());
        changes.changed(bucket, version, "ObjectTagging:Delete");
        return new DeleteObjectTaggingOutput().versionId(told(bucket, version));
    }

    @Override
    public PutObjectLegalHoldOutput putObjectLegalHold(PutObjectLegalHoldRequest in) {
        var asked = new Asked(in);
        Locks.checkLocked(buckets.of(asked));
        String status = in.legalHold().flatMap(ObjectLockLegalHold::status).orElseThrow(Refusals::malformedXml);
        Version version = get(asked, "PUT");
        Version.Hold hold = version.hold();
        objects.change(version.with(new Version.Hold(hold.mode(), hold.until(), status)));
        return new PutObjectLegalHoldOutput();
    }

    @Override
    public GetObjectLegalHoldOutput getObjectLegalHold(GetObjectLegalHoldRequest in) {
        var asked = new Asked(in);
        Locks.checkLocked(buckets.of(asked));
        Version version = get(asked, "GET");
        if (version.hold().legal().isEmpty()) {
            throw unheld();
        }
        return new GetObjectLegalHoldOutput()
                .legalHold(new ObjectLockLegalHold().status(version.hold().legal()));
    }

    private static dev.cloudjar.model.AwsError unheld() {
        return Refusals.of(
                "NoSuchObjectLockConfiguration", 404, "The specified object does not have a ObjectLock configuration");
    }

    @Override
    public PutObjectRetentionOutput putObjectRetention(PutObjectRetentionRequest in) {
        var asked = new Asked(in);
        Locks.checkLocked(buckets.of(asked));
        Version version = get(asked, "PUT");
        Version.Hold then = locks.retained(version.hold(), in.retention().orElseThrow(Refusals::malformedXml));
        locks.checkTighter(version.hold(), then, in.bypassGovernanceRetention().orElse(false));
        objects.change(version.with(then));
        return new PutObjectRetentionOutput();
    }

    @Override
    public GetObjectRetentionOutput getObjectRetention(GetObjectRetentionRequest in) {
        var asked = new Asked(in);
        Locks.checkLocked(buckets.of(asked));
        Version.Hold hold = get(asked, "GET").hold();
        if (hold.until().equals(Instant.EPOCH)) {
            throw unheld();
        }
        return new GetObjectRetentionOutput()
                .retention(new ObjectLockRetention().mode(hold.mode()).retainUntilDate(hold.until()));
    }
}
