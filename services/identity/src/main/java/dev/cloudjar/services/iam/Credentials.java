package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.services.iam.Possession.Kind;
import java.util.List;
import java.util.Optional;

/// All that a user can prove itself with, for those who rename, delete or report on the user.
record Credentials(AccessKeys keys, Possessions possessions, Shelf<Device> mfa) {
    List<Device> devices(String user) {
        return mfa.all().filter(device -> device.isOf(user)).toList();
    }

    void rename(String from, String to) {
        if (!from.equals(to)) {
            keys.rename(from, to);
            possessions.rename(from, to);
            devices(from).forEach(device -> mfa.update(device.id(), had -> had.of(Optional.of(to), had.enabled())));
        }
    }

    /// Refuses to delete a user who still has some.
    void checkNone(String user) {
        if (!keys.of(user).isEmpty()) {
            throw Refusals.conflict("delete access keys");
        }
        if (!devices(user).isEmpty()) {
            throw Refusals.conflict("delete MFA device");
        }
        for (Kind kind : Kind.values()) {
            if (!possessions.of(user, kind).isEmpty()) {
                throw Refusals.conflict(kind.conflict());
            }
        }
    }
}
