package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.Struct;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Objects in classes that are read only after they were restored.
final class Restoring {
    private static final List<String> ARCHIVES = List.of("GLACIER", "DEEP_ARCHIVE");

    private Restoring() {}

    static boolean isArchived(Version version) {
        return ARCHIVES.contains(version.storageClass());
    }

    static void checkReadable(Version version, Instant now) {
        check(version, now, "The operation is not valid for the object's storage class");
    }

    static void checkCopyable(Version source, Instant now) {
        check(source, now, "Operation is not valid for the source object's storage class");
    }

    private static void check(Version version, Instant now, String message) {
        boolean restored = version.extra().restored().filter(now::isBefore).isPresent();
        if (isArchived(version) && !restored) {
            throw Details.of("StorageClass", version.storageClass())
                    .refuse(Code.of("InvalidObjectState", 403), message);
        }
    }

    /// Says until when a copy of an archived object can be read.
    static void describe(Struct out, Version version, Instant now) {
        version.extra()
                .restored()
                .filter(now::isBefore)
                .ifPresent(until -> Told.set(
                        out, "Restore", "ongoing-request=\"false\", expiry-date=\"" + Refusals.httpDate(until) + "\""));
    }

    /// How a listing tells of a restored copy; `until` is 0 where there is none.
    static Optional<S3.RestoreStatus> status(long until, Instant now) {
        Instant expiry = Instant.ofEpochMilli(until);
        return now.isBefore(expiry)
                ? Optional.of(new S3.RestoreStatus().isRestoreInProgress(false).restoreExpiryDate(expiry))
                : Optional.empty();
    }
}
