package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.iam.Entity.Name;
import java.util.Locale;
import java.util.Optional;

/// Brings in the MFA devices that no operation of IAM's makes: the root's, hardware tokens, FIDO security keys.
record Enrollment(Kernel kernel, Directory directory, MfaDevices devices) implements Mfa {
    private static final String ROOTS = "root-account-mfa-device";
    private static final int SHORTEST = 9;

    @Override
    public boolean has(Principal who, String serial) {
        return kernel.transact(() -> devices.has(who, serial));
    }

    @Override
    public boolean proves(Principal who, String serial, String code) {
        return kernel.transact(() -> devices.proves(who, serial, code));
    }

    @Override
    public Enrolled enrollRoot() {
        Device made = Device.of(Directory.arn("mfa/" + ROOTS), new Name("/", ROOTS), devices.seed(), kernel.vault());
        return owned(made, Device.ROOT);
    }

    @Override
    public Enrolled knowToken(String serial, Optional<String> seed) {
        if (serial.length() < SHORTEST || serial.contains(":")) {
            throw Refusals.invalid("The serial number of a token has nine characters or more, and no colon.");
        }
        return kernel.transact(
                () -> added(Device.of(serial, new Name("/", serial), seed.orElseGet(devices::seed), kernel.vault())));
    }

    @Override
    public Enrolled enrollKey(Optional<String> user, String name) {
        String whose = user.map(named ->
                        "user/" + directory.get(Sort.USER, named).name().text())
                .orElse("root-account");
        String serial = Directory.arn(
                "u2f/" + whose + '/' + name + '-' + kernel.ids().hex("", 26).toUpperCase(Locale.ROOT));
        return owned(new Device(serial, new Name("/", name), Blob.EMPTY), user.orElse(Device.ROOT));
    }

    private Enrolled owned(Device device, String owner) {
        return kernel.transact(() -> added(device.of(Optional.of(owner), Optional.of(Moment.now(kernel)))));
    }

    private Enrolled added(Device device) {
        devices.add(device);
        return new Enrolled(
                device.id(), Optional.of(device).filter(Device::showsCodes).map(held -> held.seed(kernel.vault())));
    }
}
