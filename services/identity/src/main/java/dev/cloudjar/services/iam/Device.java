package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.services.iam.Entity.Name;
import java.time.Instant;
import java.util.Optional;

/// A virtual MFA device: its seed, and since when it belongs to whom. The id is its ARN, which AWS calls the
/// serial number; the user is empty for the root.
record Device(String id, Name name, String seed, Optional<String> user, Optional<Instant> enabled, long lastStep)
        implements Resource {
    static final Kind<Device> KIND = Kind.of(
                    IamService.ID,
                    "mfa",
                    Device.class,
                    serial -> Refusals.missing("VirtualMFADevice with serial number " + serial + " does not exist."))
            .arn(serial -> serial.substring(serial.indexOf(":mfa/") + 1))
            .in(Scope.ACCOUNT);

    Device of(Optional<String> owner, Optional<Instant> since) {
        return new Device(id, name, seed, owner, since, lastStep);
    }

    Device shown(long step) {
        return new Device(id, name, seed, user, enabled, step);
    }
}
