package dev.cloudjar.services.iam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device proves what its owner says, for as long as a code lasts, and once.
class MfaTest {
    private static final Principal ANN =
            new Principal("arn:aws:iam::" + Trial.ACCOUNT + ":user/ann", Trial.ACCOUNT, "AIDAANN");
    private static final Principal BEN =
            new Principal("arn:aws:iam::" + Trial.ACCOUNT + ":user/ben", Trial.ACCOUNT, "AIDABEN");

    private final Trial trial = Trial.of(new Entry("iam", IamService::new, Set.of(Mfa.class)));
    private final Mfa mfa = trial.world().port(Mfa.class).orElseThrow();

    @BeforeEach
    void people() {
        trial.call(new Iam.CreateUserRequest().userName("ann"));
        trial.call(new Iam.CreateUserRequest().userName("ben"));
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private String code(String seed, int stepsAway) {
        return Totp.code(seed, Totp.step(trial.now()) + stepsAway);
    }

    private void enable(Mfa.Enrolled device, String user) {
        String seed = device.seed().orElseThrow();
        trial.call(new Iam.EnableMFADeviceRequest()
                .userName(user)
                .serialNumber(device.serial())
                .authenticationCode1(code(seed, 0))
                .authenticationCode2(code(seed, 1)));
    }

    private Mfa.Enrolled virtual(String name) {
        Iam.CreateVirtualMFADeviceResponse made =
                trial.call(new Iam.CreateVirtualMFADeviceRequest().virtualMfaDeviceName(name));
        Iam.VirtualMFADevice device = made.virtualMfaDevice();
        return new Mfa.Enrolled(
                device.serialNumber(), device.base32StringSeed().map(seed -> new String(seed.bytes(), UTF_8)));
    }

    private boolean proves(Principal who, String serial, String code) {
        return trial.within(() -> mfa.proves(who, serial, code));
    }

    @Test
    void aCodeIsGoodForItsOwnerAndOnce() {
        Mfa.Enrolled device = virtual("phone");
        enable(device, "ann");
        String code = code(device.seed().orElseThrow(), 0);

        assertThat(proves(BEN, device.serial(), code)).isFalse();
        assertThat(proves(Principal.root(Trial.ACCOUNT), device.serial(), code)).isFalse();
        assertThat(proves(ANN, device.serial(), code)).isTrue();
        assertThat(proves(ANN, device.serial(), code)).isFalse();
    }

    @Test
    void aCodeIsGoodUntilTheNextStepIsOver() {
        Mfa.Enrolled device = virtual("phone");
        enable(device, "ann");
        String code = code(device.seed().orElseThrow(), 0);

        trial.pass(Duration.ofSeconds(60));
        assertThat(proves(ANN, device.serial(), code)).isFalse();
        assertThat(proves(ANN, device.serial(), code(device.seed().orElseThrow(), -1)))
                .isTrue();
    }

    @Test
    void theRootProvesWithSerialAndCodeInOneText() {
        Mfa.Enrolled device = trial.within(mfa::enrollRoot);
        String code = code(device.seed().orElseThrow(), 0);

        assertThat(trial.<Boolean>within(() -> mfa.provesRoot(Trial.OTHER, device.serial() + ' ' + code)))
                .isFalse();
        assertThat(trial.<Boolean>within(() -> mfa.provesRoot(Trial.ACCOUNT, device.serial() + code)))
                .isFalse();
        assertThat(trial.<Boolean>within(() -> mfa.provesRoot(Trial.ACCOUNT, device.serial() + ' ' + code)))
                .isTrue();
    }

    @Test
    void theRootsDeviceIsSeenWhereAuditorsLook() {
        Mfa.Enrolled device = trial.within(mfa::enrollRoot);

        Iam.GetAccountSummaryResponse summary = trial.call(new Iam.GetAccountSummaryRequest());
        Iam.ListVirtualMFADevicesResponse all = trial.call(new Iam.ListVirtualMFADevicesRequest());
        Iam.ListMFADevicesResponse own = trial.call(new Iam.ListMFADevicesRequest());

        assertThat(summary.summaryMap()).containsEntry("AccountMFAEnabled", 1);
        assertThat(all.virtualMfaDevices())
                .singleElement()
                .satisfies(shown -> assertThat(shown.user().orElseThrow().arn())
                        .isEqualTo("arn:aws:iam::" + Trial.ACCOUNT + ":root"));
        assertThat(own.mfaDevices())
                .singleElement()
                .satisfies(shown -> assertThat(shown.serialNumber()).isEqualTo(device.serial()));
    }

    @Test
    void aHardwareTokenIsEnabledBySerialNumber() {
        Mfa.Enrolled token = trial.within(() -> mfa.knowToken("GAHT12345678", Optional.of("GEZDGNBVGY3TQOJQ")));
        enable(token, "ann");

        Iam.ListVirtualMFADevicesResponse virtual = trial.call(new Iam.ListVirtualMFADevicesRequest());

        assertThat(virtual.virtualMfaDevices()).isEmpty();
        assertThat(proves(ANN, token.serial(), code("GEZDGNBVGY3TQOJQ", 0))).isTrue();
    }

    @Test
    void aTokenThatNobodyToldOfIsNotThere() {
        assertThat(Trial.refusal(
                        () -> enable(new Mfa.Enrolled("GAHT00000000", Optional.of("GEZDGNBVGY3TQOJQ")), "ann")))
                .isEqualTo("NoSuchEntity MFA Device with serial number GAHT00000000 does not exist.");
    }

    @Test
    void aSecurityKeyIsListedButShowsNoCodes() {
        Mfa.Enrolled key = trial.within(() -> mfa.enrollKey(Optional.of("ann"), "yubikey"));

        Iam.GetMFADeviceResponse shown = trial.call(
                new Iam.GetMFADeviceRequest().serialNumber(key.serial()).userName("ann"));

        assertThat(key.serial()).startsWith("arn:aws:iam::" + Trial.ACCOUNT + ":u2f/user/ann/yubikey-");
        assertThat(shown.enableDate()).isPresent();
        assertThat(proves(ANN, key.serial(), "000000")).isFalse();
        assertThat(Trial.refusal(() -> trial.call(new Iam.ResyncMFADeviceRequest()
                        .userName("ann")
                        .serialNumber(key.serial())
                        .authenticationCode1("123456")
                        .authenticationCode2("123457"))))
                .startsWith("InvalidAuthenticationCode");
    }
}
