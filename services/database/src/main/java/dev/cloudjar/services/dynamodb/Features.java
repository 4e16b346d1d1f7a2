package dev.cloudjar.services.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a table can be told to be beside its keys and its capacity.
record Features(
        boolean isProtected,
        Optional<StorageClass> storage,
        Optional<Encryption> encryption,
        Optional<Stream> stream,
        Optional<String> expiry,
        Optional<Recovery> recovery,
        Optional<Origin> origin,
        List<String> replicas) {
    static final Features NONE = new Features(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /// The table class, once one was named.
    record StorageClass(String name, Optional<Instant> changed) {}

    /// Encryption by a key of KMS.
    record Encryption(String keyArn) {}

    /// The stream last enabled. Its label stays known after it was disabled.
    record Stream(String viewType, String label, boolean enabled) {}

    /// Point-in-time recovery since an instant, for so many days back.
    record Recovery(Instant since, int days) {}

    /// From what the table was restored.
    record Origin(Optional<String> backupArn, Optional<String> tableArn, Instant at) {}

    Features protectedFromDeletion(boolean on) {
        return new Features(on, storage, encryption, stream, expiry, recovery, origin, replicas);
    }

    Features in(StorageClass next) {
        return new Features(isProtected, Optional.of(next), encryption, stream, expiry, recovery, origin, replicas);
    }

    Features encrypted(Optional<Encryption> next) {
        return new Features(isProtected, storage, next, stream, expiry, recovery, origin, replicas);
    }

    Features streaming(Stream next) {
        return new Features(isProtected, storage, encryption, Optional.of(next), expiry, recovery, origin, replicas);
    }

    Features expiring(Optional<String> attribute) {
        return new Features(isProtected, storage, encryption, stream, attribute, recovery, origin, replicas);
    }

    Features recoverable(Optional<Recovery> next) {
        return new Features(isProtected, storage, encryption, stream, expiry, next, origin, replicas);
    }

    /// Replicated with the tables of the same name in other regions.
    Features replicated(List<String> regions) {
        return new Features(isProtected, storage, encryption, stream, expiry, recovery, origin, regions);
    }

    Features from(Origin source) {
        return new Features(isProtected, storage, encryption, stream, expiry, recovery, Optional.of(source), replicas);
    }
}
