package dev.cloudjar.kernel;

import java.time.Instant;
import java.util.Optional;

/// A row that lives until an instant of the world's clock. Reads from then on do not see it, and the kernel
/// sweeps it away within a minute, telling the table's owner where it asked to be told.
public interface Expiring<K> extends Row<K> {
    /// From when on the row is gone; nothing for one that stays.
    Optional<Instant> until();

    /// Whether the row is still there at `now`.
    default boolean livesAt(Instant now) {
        return until().filter(end -> !now.isBefore(end)).isEmpty();
    }
}
