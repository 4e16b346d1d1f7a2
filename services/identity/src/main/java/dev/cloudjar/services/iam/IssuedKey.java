package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Row;
import dev.cloudjar.services.iam.Entity.Used;
import java.time.Instant;
import java.util.Optional;

/// An access key that was issued: whose it is, never its secret, which follows from the id. A key that was
/// deleted stays, so that nobody takes it for one that was never issued.
record IssuedKey(String id, String account, String user, Instant created, Status status, Optional<Used> used)
        implements Row<String> {
    /// What a key is good for.
    enum Status {
        ACTIVE("Active"),
        INACTIVE("Inactive"),
        DELETED("Deleted");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }

        static Status of(String wire) {
            return wire.equals("Active") ? ACTIVE : INACTIVE;
        }
    }

    @Override
    public String key() {
        return id;
    }

    IssuedKey now(Status other) {
        return new IssuedKey(id, account, user, created, other, used);
    }

    IssuedKey used(Used latest) {
        return new IssuedKey(id, account, user, created, status, Optional.of(latest));
    }

    IssuedKey of(String renamed) {
        return new IssuedKey(id, account, renamed, created, status, used);
    }
}
