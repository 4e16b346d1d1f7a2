package dev.cloudjar.services.kms;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A grant: that somebody may do some operations with a key, perhaps within an encryption context only.
record Grant(
        Place key, String name, Instant created, Parties parties, List<String> operations, Optional<Constraint> limit)
        implements Row<Grant.Place> {
    /// Which grant of which key.
    record Place(String keyId, String grantId) {}

    /// Who may use the key, who may give the grant back, and whose account made it; nobody is an empty text.
    record Parties(String grantee, String retiring, String issuer) {}

    /// The encryption context that a request must have, or must have a part of.
    record Constraint(boolean exact, Map<String, String> context) {}

    boolean isLike(Grant other) {
        return !name.isEmpty()
                && name.equals(other.name)
                && parties.equals(other.parties)
                && operations.equals(other.operations)
                && limit.equals(other.limit);
    }
}
