package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.iam.Entity.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/// MFA devices: virtual ones are made with a seed; a user is given a device by proving with two codes in a row
/// that it has it.
final class MfaDevices implements Iam {
    private static final int MOST = 8;
    private static final int SEED = 40;

    private final Kernel kernel;
    private final Directory directory;
    private final Shelf<Device> devices;
    private final Aliases aliases;
    private final Pages pages;

    MfaDevices(Kernel kernel, Directory directory, Shelf<Device> devices, Aliases aliases) {
        this.aliases = aliases;
        this.kernel = kernel;
        this.directory = directory;
        this.devices = devices;
        this.pages = new Pages(kernel);
    }

    List<Device> of(String user) {
        return devices.all().filter(device -> device.isOf(user)).toList();
    }

    String seed() {
        return Totp.spelled(kernel.ids().bytes(SEED));
    }

    void add(Device made) {
        if (!devices.create(made, Map.of())) {
            throw taken();
        }
    }

    private static AwsError taken() {
        return Refusals.exists("MFADevice entity at the same path and name already exists.");
    }

    /// Whether the device is the caller's and shows `code`, now or a step away; a code is good once.
    boolean proves(Principal who, String serial, String code) {
        return at(who, () -> {
            Optional<Device> device = own(who, serial);
            OptionalLong step = device.map(found -> step(found, code)).orElse(OptionalLong.empty());
            step.ifPresent(shown -> devices.update(serial, held -> held.shown(shown)));
            return step.isPresent();
        });
    }

    boolean has(Principal who, String serial) {
        return at(who, () -> own(who, serial).isPresent());
    }

    private static <R> R at(Principal who, Supplier<R> work) {
        Call call = Call.current();
        return call.in(who.account()).run(work::get);
    }

    private Optional<Device> own(Principal who, String serial) {
        return devices.find(serial)
                .filter(found -> owner(who).filter(found::isOf).isPresent());
    }

    /// By what name a device is the caller's; a role has none.
    private static Optional<String> owner(Principal who) {
        return switch (who.kind()) {
            case ROOT -> Optional.of(Device.ROOT);
            case USER -> Optional.of(who.arn().substring(who.arn().lastIndexOf('/') + 1));
            default -> Optional.empty();
        };
    }

    private OptionalLong step(Device device, String code) {
        if (!device.showsCodes()) {
            return OptionalLong.empty();
        }
        long now = Totp.step(Moment.now(kernel));
        String seed = device.seed(kernel.vault());
        return LongStream.rangeClosed(now - 1, now + 1)
                .filter(step ->
                        step > device.lastStep() && Totp.code(seed, step).equals(code))
                .findFirst();
    }

    @Override
    public CreateVirtualMFADeviceResponse createVirtualMfaDevice(CreateVirtualMFADeviceRequest in) {
        var tags = Tagging.read(in.tags());
        var name = new Name(in.path().orElse("/"), in.virtualMfaDeviceName());
        String seed = seed();
        Device made = Device.of(Directory.arn("mfa" + name.wire()), name, seed, kernel.vault());
        if (!devices.create(made, tags)) {
            throw taken();
        }
        return new CreateVirtualMFADeviceResponse()
                .virtualMfaDevice(new VirtualMFADevice()
                        .serialNumber(made.id())
                        .base32StringSeed(Blob.of(seed))
                        .qrCodePng(Blob.of(Png.of(QrCode.of(address(in.virtualMfaDeviceName(), seed)))))
                        .tags(Tagging.wire(tags)));
    }

    /// What authenticators read: the device, the account by its alias if it has one, and the seed.
    private String address(String name, String seed) {
        return "otpauth://totp/" + name + '@'
                + aliases.alias().orElseGet(() -> Call.current().account()) + "?secret=" + seed;
    }

    private void checkCodes(Device device, String first, String second) {
        long now = Totp.step(Moment.now(kernel));
        boolean shown = device.showsCodes() && shows(device.seed(kernel.vault()), now, first, second);
        if (!shown) {
            throw INVALID_AUTHENTICATION_CODE_EXCEPTION.because("Authentication code for device is not valid.");
        }
    }

    /// Whether the codes follow each other at some time within ten minutes of `now`.
    private static boolean shows(String seed, long now, String first, String second) {
        return LongStream.rangeClosed(now - 20, now + 20)
                .anyMatch(step -> Totp.code(seed, step).equals(first)
                        && Totp.code(seed, step + 1).equals(second));
    }

    @Override
    public EnableMFADeviceResponse enableMfaDevice(EnableMFADeviceRequest in) {
        directory.get(Sort.USER, in.userName());
        Device device = devices.get(in.serialNumber());
        if (device.user().isPresent()) {
            throw Refusals.exists("MFA Device is already in use.");
        }
        if (of(in.userName()).size() >= MOST) {
            throw Refusals.overQuota("MFADevicesPerUser", MOST);
        }
        checkCodes(device, in.authenticationCode1(), in.authenticationCode2());
        devices.update(device.id(), held -> held.of(Optional.of(in.userName()), Optional.of(Moment.now(kernel))));
        return new EnableMFADeviceResponse();
    }

    /// The user that is named or calls, or the root.
    private String owner(Optional<String> named) {
        Optional<String> user = Caller.user(named);
        user.ifPresent(name -> directory.get(Sort.USER, name));
        return user.orElse(Device.ROOT);
    }

    private Device ofUser(String serial, Optional<String> user) {
        return devices.find(serial)
                .filter(device -> user.isEmpty() || device.user().equals(user))
                .filter(device -> device.user().isPresent())
                .orElseThrow(() -> Refusals.missing(
                        "MFA Device invalid for user: " + user.orElse("") + " with serial number " + serial));
    }

    @Override
    public ResyncMFADeviceResponse resyncMfaDevice(ResyncMFADeviceRequest in) {
        directory.get(Sort.USER, in.userName());
        Device device = ofUser(in.serialNumber(), Optional.of(in.userName()));
        checkCodes(device, in.authenticationCode1(), in.authenticationCode2());
        return new ResyncMFADeviceResponse();
    }

    @Override
    public DeactivateMFADeviceResponse deactivateMfaDevice(DeactivateMFADeviceRequest in) {
        Device device = ofUser(in.serialNumber(), Optional.of(owner(in.userName())));
        devices.update(device.id(), held -> held.of(Optional.empty(), Optional.empty()));
        return new DeactivateMFADeviceResponse();
    }

    @Override
    public DeleteVirtualMFADeviceResponse deleteVirtualMfaDevice(DeleteVirtualMFADeviceRequest in) {
        Device device = devices.get(in.serialNumber());
        if (device.user().isPresent()) {
            throw DELETE_CONFLICT_EXCEPTION.because("MFA VirtualDevice in use. Must deactivate first.");
        }
        devices.remove(device.id());
        return new DeleteVirtualMFADeviceResponse();
    }

    @Override
    public GetMFADeviceResponse getMfaDevice(GetMFADeviceRequest in) {
        Device device = ofUser(in.serialNumber(), in.userName());
        return new GetMFADeviceResponse()
                .userName(device.user().filter(name -> !name.equals(Device.ROOT)))
                .serialNumber(device.id())
                .enableDate(device.enabled());
    }

    @Override
    public ListMFADevicesResponse listMfaDevices(ListMFADevicesRequest in) {
        String user = owner(in.userName());
        var out = new ListMFADevicesResponse();
        return out.mfaDevices(pages.of(in, out, of(user)).stream()
                .map(device -> {
                    MFADevice shown = new MFADevice()
                            .serialNumber(device.id())
                            .enableDate(device.enabled().orElse(Moment.now(kernel)));
                    return user.equals(Device.ROOT) ? shown : shown.userName(user);
                })
                .toList());
    }

    @Override
    public ListVirtualMFADevicesResponse listVirtualMfaDevices(ListVirtualMFADevicesRequest in) {
        String status = in.assignmentStatus().orElse("Any");
        List<Device> found = devices.all()
                .filter(device -> device.isVirtual()
                        && (status.equals("Any") || device.user().isPresent() == status.equals("Assigned")))
                .toList();
        var out = new ListVirtualMFADevicesResponse();
        return out.virtualMfaDevices(
                pages.of(in, out, found).stream().map(this::view).toList());
    }

    private VirtualMFADevice view(Device device) {
        Optional<User> owner = device.isOf(Device.ROOT)
                ? Optional.of(Views.root(kernel))
                : device.user().flatMap(name -> directory.find(Sort.USER, name)).map(Views::plain);
        return new VirtualMFADevice()
                .serialNumber(device.id())
                .enableDate(device.enabled())
                .user(owner);
    }
}
