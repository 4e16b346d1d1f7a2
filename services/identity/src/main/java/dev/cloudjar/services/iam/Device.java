package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Vault;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.iam.Entity.Name;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// An MFA device: its seed, sealed, which a security key has not, and since when it belongs to whom. The id is
/// what AWS calls the serial number: an ARN, but for hardware tokens.
record Device(String id, Name name, Blob sealed, Optional<String> user, Optional<Instant> enabled, long lastStep)
        implements Resource {
    static final Kind<Device> KIND = Kind.of(IamService.ID, "mfa", Device.class, Device::missing)
            .arn(serial -> serial.substring(serial.lastIndexOf(':') + 1))
            .in(Scope.ACCOUNT);

    /// The root as an owner, by the name that the credential report has for it.
    static final String ROOT = "<root_account>";

    /// A device that is nobody's yet.
    Device(String id, Name name, Blob sealed) {
        this(id, name, sealed, Optional.empty(), Optional.empty(), 0);
    }

    /// One with a seed.
    static Device of(String id, Name name, String seed, Vault vault) {
        return new Device(id, name, vault.seal(id, Blob.of(seed)));
    }

    String seed(Vault vault) {
        return new String(vault.open(id, sealed).bytes(), StandardCharsets.UTF_8);
    }

    boolean isVirtual() {
        return id.contains(":mfa/");
    }

    boolean showsCodes() {
        return sealed.size() > 0;
    }

    boolean isOf(String owner) {
        return user.filter(owner::equals).isPresent();
    }

    private static AwsError missing(String serial) {
        String what = serial.startsWith("arn:") ? "VirtualMFADevice" : "MFA Device";
        return Refusals.missing(what + " with serial number " + serial + " does not exist.");
    }

    Device of(Optional<String> owner, Optional<Instant> since) {
        return new Device(id, name, sealed, owner, since, lastStep);
    }

    Device shown(long step) {
        return new Device(id, name, sealed, user, enabled, step);
    }
}
