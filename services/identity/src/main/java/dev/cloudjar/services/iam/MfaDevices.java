package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.iam.Entity.Name;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// Virtual MFA devices: made with a seed, given to a user who proves with two codes in a row that it has it.
final class MfaDevices implements Iam {
    private static final int MOST = 8;
    private static final int SEED = 40;

    private final Kernel kernel;
    private final Directory directory;
    private final Shelf<Device> devices;
    private final Pages pages;

    MfaDevices(Kernel kernel, Directory directory, Shelf<Device> devices) {
        this.kernel = kernel;
        this.directory = directory;
        this.devices = devices;
        this.pages = new Pages(kernel);
    }

    List<Device> of(String user) {
        return devices.page(
                        Directory.EVERYTHING,
                        device -> device.user().filter(user::equals).isPresent())
                .items();
    }

    /// Whether `code` is what the device shows, now or a step away; a code is good once.
    boolean proves(Principal who, String serial, String code) {
        Call call = Call.current();
        return call.in(who.account(), call.region()).run(() -> {
            Optional<Device> device =
                    devices.find(serial).filter(found -> found.user().isPresent());
            OptionalLong step = device.map(found -> step(found, code)).orElse(OptionalLong.empty());
            step.ifPresent(shown -> devices.update(serial, held -> held.shown(shown)));
            return step.isPresent();
        });
    }

    private OptionalLong step(Device device, String code) {
        long now = Totp.step(Moment.now(kernel));
        return LongStream.rangeClosed(now - 1, now + 1)
                .filter(step -> step > device.lastStep()
                        && Totp.code(device.seed(), step).equals(code))
                .findFirst();
    }

    @Override
    public CreateVirtualMFADeviceResponse createVirtualMfaDevice(CreateVirtualMFADeviceRequest in) {
        var tags = Tagging.read(in.tags());
        var name = new Name(in.path().orElse("/"), in.virtualMfaDeviceName());
        String seed = Totp.spelled(kernel.ids().bytes(SEED));
        var made = new Device(Directory.arn("mfa" + name.wire()), name, seed, Optional.empty(), Optional.empty(), 0);
        if (!devices.create(made, tags)) {
            throw Refusals.exists("MFADevice entity at the same path and name already exists.");
        }
        return new CreateVirtualMFADeviceResponse()
                .virtualMfaDevice(new VirtualMFADevice()
                        .serialNumber(made.id())
                        .base32StringSeed(Blob.of(seed))
                        .tags(Tagging.wire(tags)));
    }

    private void checkCodes(Device device, String first, String second) {
        long now = Totp.step(Moment.now(kernel));
        for (long step = now - 20; step <= now + 20; step++) {
            if (Totp.code(device.seed(), step).equals(first)
                    && Totp.code(device.seed(), step + 1).equals(second)) {
                return;
            }
        }
        throw INVALID_AUTHENTICATION_CODE_EXCEPTION.because("Authentication code for device is not valid.");
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
        Optional<String> user = Caller.user(in.userName());
        user.ifPresent(name -> directory.get(Sort.USER, name));
        Device device = ofUser(in.serialNumber(), user);
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
                .userName(device.user())
                .serialNumber(device.id())
                .enableDate(device.enabled());
    }

    @Override
    public ListMFADevicesResponse listMfaDevices(ListMFADevicesRequest in) {
        Optional<String> user = Caller.user(in.userName());
        user.ifPresent(name -> directory.get(Sort.USER, name));
        var out = new ListMFADevicesResponse();
        return out.mfaDevices(pages.of(in, out, of(user.orElse(""))).stream()
                .map(device -> new MFADevice()
                        .userName(device.user().orElse(""))
                        .serialNumber(device.id())
                        .enableDate(device.enabled().orElse(Moment.now(kernel))))
                .toList());
    }

    @Override
    public ListVirtualMFADevicesResponse listVirtualMfaDevices(ListVirtualMFADevicesRequest in) {
        String status = in.assignmentStatus().orElse("Any");
        List<Device> found = devices.page(
                        Directory.EVERYTHING,
                        device -> status.equals("Any") || device.user().isPresent() == status.equals("Assigned"))
                .items();
        var out = new ListVirtualMFADevicesResponse();
        return out.virtualMfaDevices(
                pages.of(in, out, found).stream().map(this::view).toList());
    }

    private VirtualMFADevice view(Device device) {
        return new VirtualMFADevice()
                .serialNumber(device.id())
                .enableDate(device.enabled())
                .user(device.user()
                        .flatMap(name -> directory.find(Sort.USER, name))
                        .map(Views::plain));
    }
}
