package dev.cloudjar.services.dynamodb;

import java.time.Instant;
import java.util.Optional;

/// What a table can be told to be beside its keys and its capacity.
record Features(
        boolean isProtected,
        Optional<StorageClass> storage,
        Optional<Encryption> encryption,
        Optional<Stream> stream,
        Optional<String> expiry,
        Optional<Recovery> recovery,
        Optional<Origin> origin) {
    static final Features NONE = new Features(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

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
        return new Features(on, storage, encryption, stream, expiry, recovery, origin);
    }

    Features in(StorageClass next) {
        return new Features(isProtected, Optional.of(next), encryption, stream, expiry, recovery, origin);
    }

    Features encrypted(Optional<Encryption> next) {
        return new Features(isProtected, storage, next, stream, expiry, recovery, origin);
    }

    Features streaming(Stream next) {
        return new Features(isProtected, storage, encryption, Optional.of(next), expiry, recovery, origin);
    }

    Features expiring(Optional<String> attribute) {
        return new Features(isProtected, storage, encryption, stream, attribute, recovery, origin);
    }

    Features recoverable(Optional<Recovery> next) {
        return new Features(isProtected, storage, encryption, stream, expiry, next, origin);
    }

    Features from(Origin source) {
        return new Features(isProtected, storage, encryption, stream, expiry, recovery, Optional.of(source));
    }
}
