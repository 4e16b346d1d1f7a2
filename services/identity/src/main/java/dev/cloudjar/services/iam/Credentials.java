package dev.cloudjar.services.iam;

import dev.cloudjar.services.iam.Possession.Kind;
import java.util.List;

/// All that a user can prove itself with, for those who rename or delete the user.
record Credentials(AccessKeys keys, Possessions possessions) {
    void rename(String from, String to) {
        if (!from.equals(to)) {
            keys.rename(from, to);
            possessions.rename(from, to);
        }
    }

    /// Refuses to delete a user who still has some.
    void checkNone(String user) {
        if (!keys.of(user).isEmpty()) {
            throw Refusals.conflict("delete access keys");
        }
        for (Kind kind : List.of(Kind.CERTIFICATE, Kind.MFA, Kind.LOGIN, Kind.SSH_KEY, Kind.SERVICE_PASSWORD)) {
            if (!possessions.of(user, kind).isEmpty()) {
                throw Refusals.conflict(kind.conflict());
            }
        }
    }
}
