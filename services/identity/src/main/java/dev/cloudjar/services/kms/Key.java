package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.api.Kms.OriginType;
import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.TagRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A KMS key without its material, as one region has it.
///
/// @param material the number of the material that encrypts, 0 where there never was any
record Key(
        String id,
        Nature nature,
        String description,
        String policy,
        Status status,
        Rotation rotation,
        Optional<Regions> regions,
        long material)
        implements Resource {
    static final int MOST_TAGS = 50;

    static final Kind<Key> KIND = Kind.of(
                    KmsService.ID,
                    "key",
                    Key.class,
                    id -> Kms.NOT_FOUND_EXCEPTION.because(
                            "Key '%s' does not exist", Arn.here(KmsService.ID, "key/" + id)))
            .arn(id -> "key/" + id)
            .tags(new TagRules(MOST_TAGS, Accepts.ANYTHING, new Refusals.OfTags()));

    /// What a key is for good.
    record Nature(Spec spec, Spec.Usage usage, String origin, boolean managedByAws, Instant created) {
        boolean isImported() {
            return origin.equals(OriginType.EXTERNAL);
        }
    }

    /// The states in which a key can be, in AWS's words.
    enum State {
        ENABLED("Enabled"),
        DISABLED("Disabled"),
        PENDING_IMPORT("PendingImport"),
        PENDING_DELETION("PendingDeletion"),
        PENDING_REPLICA_DELETION("PendingReplicaDeletion");

        private final String wire;

        State(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }

        boolean isPendingDeletion() {
            return this == PENDING_DELETION || this == PENDING_REPLICA_DELETION;
        }
    }

    /// The state, and for a key that is to be deleted: when, and how many days after it was said so.
    record Status(State state, Optional<Instant> deletion, int window) {
        static Status of(State state) {
            return new Status(state, Optional.empty(), 0);
        }
    }

    /// How often the material changes by itself, 0 days for never; when next; and how often it was changed on
    /// demand.
    record Rotation(int days, Optional<Instant> next, int onDemand) {
        static final Rotation NONE = new Rotation(0, Optional.empty(), 0);

        boolean isEnabled() {
            return days > 0;
        }
    }

    /// The regions of a multi-Region key.
    record Regions(String primary, List<String> replicas) {}

    Key described(String text) {
        return new Key(id, nature, text, policy, status, rotation, regions, material);
    }

    Key ruledBy(String document) {
        return new Key(id, nature, description, document, status, rotation, regions, material);
    }

    Key in(Status other) {
        return new Key(id, nature, description, policy, other, rotation, regions, material);
    }

    Key rotating(Rotation other) {
        return new Key(id, nature, description, policy, status, other, regions, material);
    }

    Key across(Regions others) {
        return new Key(id, nature, description, policy, status, rotation, Optional.of(others), material);
    }

    Key encryptingWith(long number) {
        return new Key(id, nature, description, policy, status, rotation, regions, number);
    }
}
