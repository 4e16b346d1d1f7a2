package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Something that a user has besides access keys: an SSH key, a signing certificate, a password for one
/// service, an MFA device, a login profile. `facts` are what is particular to its kind.
record Possession(Key key, Instant created, boolean active, Map<String, String> facts) implements Row<Possession.Key> {
    /// Whose, of which kind, and which.
    record Key(String user, Kind kind, String id) {}

    /// The kinds, with how many of each a user may have, and what must be done before the user can be deleted.
    enum Kind {
        LOGIN(1, "delete login profile"),
        SSH_KEY(5, "delete SSH public keys"),
        CERTIFICATE(2, "delete signing certificates"),
        SERVICE_PASSWORD(100, "delete service specific credentials");

        private final int most;
        private final String conflict;

        Kind(int most, String conflict) {
            this.most = most;
            this.conflict = conflict;
        }

        int most() {
            return most;
        }

        String conflict() {
            return conflict;
        }
    }

    String id() {
        return key.id();
    }

    String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    String status() {
        return active ? "Active" : "Inactive";
    }

    Possession with(String name, String value) {
        var more = new HashMap<>(facts);
        more.put(name, value);
        return new Possession(key, created, active, more);
    }

    Possession active(boolean now) {
        return new Possession(key, created, now, facts);
    }

    Possession of(String user) {
        return new Possession(new Key(user, key.kind(), key.id()), created, active, facts);
    }
}
