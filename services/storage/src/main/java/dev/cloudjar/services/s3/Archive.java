package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Archived objects, brought back for some days. The copy is there at once, as what AWS waits for is its own
/// machinery; with realistic delays it takes as long as AWS says.
final class Archive implements S3 {
    static final String TASK = "restored";
    static final String OVER = "restore-over";

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final String STANDARD = Tier.STANDARD;

    /// Hours by archive and tier of the request.
    private static final Map<String, Integer> HOURS = Map.of(
            "GLACIER Standard", 5,
            "GLACIER Bulk", 12,
            "DEEP_ARCHIVE Standard", 12,
            "DEEP_ARCHIVE Bulk", 48,
            "ARCHIVE_ACCESS Standard", 5,
            "ARCHIVE_ACCESS Bulk", 12,
            "DEEP_ARCHIVE_ACCESS Standard", 12,
            "DEEP_ARCHIVE_ACCESS Bulk", 48);

    private static final Duration EXPEDITED = Duration.ofMinutes(5);

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Changes changes;
    private final Restoring restoring;

    Archive(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.changes = parts.changes();
        this.restoring = new Restoring(parts);
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
        String archive = restoring.archive(bucket, version).orElseThrow(() -> active(version));
        String tier = wanted.glacierJobParameters()
                .map(job -> job.tier())
                .or(wanted::tier)
                .orElse(STANDARD);
        checkTier(archive, tier);
        Instant now = kernel.time().now();
        Instant ready = kernel.realisticDelays() ? now.plus(takes(archive, tier)) : now;
        boolean ongoing = Restoring.isOngoing(version, now);
        if (ongoing && !ready.isBefore(version.extra().ready().orElseThrow())) {
            throw Code.of("RestoreAlreadyInProgress", 409).because("Object restore is already in progress");
        }
        if (Restoring.isRestored(version, now)) {
            Instant end = until(wanted, now);
            objects.change(version.with(version.extra().restored(now, Optional.of(end))));
            kernel.agenda().at(end, S3Service.ID, OVER, subject(bucket, version));
            return new RestoreObjectOutput().status(OK);
        }
        boolean tiered = version.storageClass().equals(Tiers.CLASS);
        Version.Extra extra = tiered
                ? version.extra().restored(ready, Optional.empty()).used(ready)
                : version.extra().restored(ready, Optional.of(until(wanted, ready)));
        begin(bucket, objects.change(version.with(extra)), ready);
        return new RestoreObjectOutput().status(ACCEPTED);
    }

    private static dev.cloudjar.model.AwsError active(Version version) {
        return version.storageClass().equals(Tiers.CLASS)
                ? OBJECT_ALREADY_IN_ACTIVE_TIER_ERROR.because("This action is not allowed against this storage tier.")
                : Code.of("InvalidObjectState", 403)
                        .because("Restore is not allowed for the object's current storage class");
    }

    private static Instant until(RestoreRequest wanted, Instant from) {
        int days = wanted.days().orElseThrow(Refusals::malformedXml);
        if (days < 1) {
            throw Refusals.argument("'Days' for Restore must be a positive integer", "Days", "" + days);
        }
        return LifecycleRules.due(from, days);
    }

    private static Duration takes(String archive, String tier) {
        return Optional.ofNullable(HOURS.get(archive + ' ' + tier))
                .map(Duration::ofHours)
                .orElse(EXPEDITED);
    }

    private static void checkTier(String archive, String tier) {
        if (archive.startsWith("DEEP_ARCHIVE") && tier.equals(Tier.EXPEDITED)) {
            throw Refusals.argument("Retrieval option is not supported by this storage class", "Tier", tier);
        }
    }

    private void begin(OwnedBucket bucket, Version version, Instant ready) {
        changes.changed(bucket, version, "ObjectRestore:Post");
        if (ready.isAfter(kernel.time().now())) {
            kernel.agenda().at(ready, S3Service.ID, TASK, subject(bucket, version));
        } else {
            changes.changed(bucket, version, "ObjectRestore:Completed");
        }
        version.extra()
                .restored()
                .ifPresent(end -> kernel.agenda().at(end, S3Service.ID, OVER, subject(bucket, version)));
    }

    private static String subject(OwnedBucket bucket, Version version) {
        return bucket.name() + '/' + version.id() + '/' + version.key().name();
    }

    /// Tells whoever wants to hear of it that the version `bucket/version/key` can be read.
    void restored(String subject) {
        Instant now = kernel.time().now();
        tell(subject, version -> !Restoring.isOngoing(version, now), "ObjectRestore:Completed");
    }

    /// Tells that the restored copy of such a version is gone, unless it was given longer.
    void over(String subject) {
        Instant now = kernel.time().now();
        tell(
                subject,
                version -> version.extra()
                        .restored()
                        .filter(end -> !end.isAfter(now))
                        .isPresent(),
                "ObjectRestore:Delete");
    }

    private void tell(String subject, Predicate<Version> when, String event) {
        String[] names = subject.split("/", 3);
        buckets.find(names[0])
                .ifPresent(bucket -> objects.find(bucket, names[2], names[1])
                        .filter(when)
                        .ifPresent(version -> changes.changed(bucket, version, event)));
    }
}
