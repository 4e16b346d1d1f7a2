package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Objects in classes and tiers that are read only after they were restored.
final class Restoring {
    private static final List<String> ARCHIVES = List.of("GLACIER", "DEEP_ARCHIVE");
    private static final Duration DAY = Duration.ofDays(1);

    private final Kernel kernel;
    private final Objects objects;
    private final Tiers tiers;

    Restoring(Parts parts) {
        this.kernel = parts.kernel();
        this.objects = parts.objects();
        this.tiers = new Tiers(parts.documents());
    }

    /// The archive in which a version lies, a class or a tier.
    Optional<String> archive(OwnedBucket bucket, Version version) {
        return ARCHIVES.contains(version.storageClass())
                ? Optional.of(version.storageClass())
                : kernel.transact(
                        () -> tiers.archive(bucket, version, kernel.time().now()));
    }

    static boolean isOngoing(Version version, Instant now) {
        return version.extra().ready().filter(now::isBefore).isPresent();
    }

    static boolean isRestored(Version version, Instant now) {
        return version.extra().restored().filter(now::isBefore).isPresent() && !isOngoing(version, now);
    }

    void checkReadable(OwnedBucket bucket, Version version) {
        check(bucket, version, "The operation is not valid for the object's storage class");
    }

    void checkCopyable(OwnedBucket bucket, Version source) {
        check(bucket, source, "Operation is not valid for the source object's storage class");
    }

    private void check(OwnedBucket bucket, Version version, String message) {
        Optional<String> archive = archive(bucket, version);
        Instant now = kernel.time().now();
        boolean closed =
                isOngoing(version, now) || archive.isPresent() && (isTiered(version) || !isRestored(version, now));
        if (closed) {
            Details details = Details.of("StorageClass", version.storageClass());
            if (isTiered(version)) {
                archive.ifPresent(tier -> details.and("AccessTier", tier));
            }
            throw details.refuse(Code.of("InvalidObjectState", 403), message);
        }
        use(version, now);
    }

    private static boolean isTiered(Version version) {
        return version.storageClass().equals(Tiers.CLASS);
    }

    /// Sets down that a version was used, once a day, where its class minds.
    private void use(Version version, Instant now) {
        if (isTiered(version) && Tiers.lastUse(version).plus(DAY).isBefore(now)) {
            kernel.transact(() -> objects.versions()
                    .find(version.key())
                    .map(there -> objects.change(there.with(there.extra().used(now)))));
        }
    }

    /// Says whether an archived object is being restored, or until when its copy can be read.
    void describe(Struct out, OwnedBucket bucket, Version version) {
        Instant now = kernel.time().now();
        if (isTiered(version) && out.shape().member("ArchiveStatus").isPresent()) {
            archive(bucket, version).ifPresent(tier -> Told.set(out, "ArchiveStatus", tier));
        }
        if (isOngoing(version, now)) {
            Told.set(out, "Restore", "ongoing-request=\"true\"");
        } else {
            version.extra()
                    .restored()
                    .filter(now::isBefore)
                    .ifPresent(until -> Told.set(
                            out,
                            "Restore",
                            "ongoing-request=\"false\", expiry-date=\"" + Refusals.httpDate(until) + "\""));
        }
    }

    /// How a listing tells of a restored copy.
    static Optional<S3.RestoreStatus> status(Entry.Shown shown, Instant now) {
        Instant expiry = Instant.ofEpochMilli(shown.restored());
        if (now.isBefore(Instant.ofEpochMilli(shown.ready()))) {
            return Optional.of(new S3.RestoreStatus().isRestoreInProgress(true));
        }
        return now.isBefore(expiry)
                ? Optional.of(new S3.RestoreStatus().isRestoreInProgress(false).restoreExpiryDate(expiry))
                : Optional.empty();
    }
}
