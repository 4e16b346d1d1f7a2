package dev.cloudjar.services.kms;

import dev.cloudjar.kernel.Row;
import dev.cloudjar.model.Blob;
import java.time.Instant;
import java.util.Optional;

/// Key material of a key, sealed by the world's vault: a secret, or the private half of a pair. Imported material
/// that was deleted or has expired leaves its id behind.
record Material(Place key, String id, Blob sealed, Blob publicKey, Birth birth) implements Row<Material.Place> {
    /// Which material of which key.
    record Place(String keyId, long number) {}

    /// How the material came: since when and by which rotation it is current, and until when it is to be kept.
    record Birth(Optional<Instant> current, String rotation, Optional<Instant> validTo, String description) {
        static Birth first(Instant now) {
            return new Birth(Optional.of(now), "", Optional.empty(), "");
        }
    }

    boolean isThere() {
        return sealed.size() > 0;
    }

    Material born(Birth other) {
        return new Material(key, id, sealed, publicKey, other);
    }

    Material forgotten() {
        return new Material(key, id, Blob.EMPTY, publicKey, birth);
    }
}
