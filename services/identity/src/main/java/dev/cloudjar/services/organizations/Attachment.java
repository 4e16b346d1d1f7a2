package dev.cloudjar.services.organizations;

import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// That a policy is attached to a root, a unit or an account, since when.
record Attachment(Place key, String type, Instant at) implements Row<Attachment.Place> {
    /// Which policy, to what.
    record Place(String target, String policy) {}
}
