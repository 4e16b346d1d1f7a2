package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.model.Blob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One value of a secret, encrypted, with the staging labels that it bears.
record Version(Place key, List<String> stages, Instant created, Optional<Instant> accessed, Sealed value)
        implements Row<Version.Place> {
    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";
    static final String PENDING = "AWSPENDING";

    /// Which version of which secret.
    record Place(Lot lot, String id) {}

    /// The value under a data key, and that under a KMS key; a version that is being made has none yet.
    record Sealed(boolean text, String kmsKeyId, Blob key, Blob value) {
        static final Sealed NOTHING = new Sealed(true, "", Blob.EMPTY, Blob.EMPTY);
    }

    String id() {
        return key.id();
    }

    boolean bears(String stage) {
        return stages.contains(stage);
    }

    Version staged(List<String> others) {
        return new Version(key, others, created, accessed, value);
    }

    Version read(Instant day) {
        return new Version(key, stages, created, Optional.of(day), value);
    }
}
