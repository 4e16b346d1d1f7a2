package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.Principal;
import java.util.Optional;

/// MFA delete: in a bucket that has it, versions are deleted for good, and versioning is changed, only with what
/// the device of the owner's root user shows.
final class MfaDelete {
    static final String ENABLED = "Enabled";
    static final String DISABLED = "Disabled";

    private final Kernel kernel;

    MfaDelete(Kernel kernel) {
        this.kernel = kernel;
    }

    static boolean isOn(OwnedBucket bucket) {
        return bucket.keeping().mfa().equals(ENABLED);
    }

    /// Refuses what comes without a code, where the bucket wants one; a code that does not fit is refused anyhow.
    void check(OwnedBucket bucket, Optional<String> mfa) {
        if (isOn(bucket)) {
            require(bucket, mfa);
        }
    }

    /// Refuses a change of the setting by anybody but the bucket's root user with his device.
    void checkChange(OwnedBucket bucket, Optional<String> mfa) {
        require(bucket, mfa);
        if (!Call.current()
                .principal()
                .arn()
                .equals(Principal.root(bucket.owner()).arn())) {
            throw Refusals.denied();
        }
    }

    private void require(OwnedBucket bucket, Optional<String> mfa) {
        String given = mfa.orElseThrow(
                () -> Refusals.ACCESS_DENIED.because("Mfa Authentication must be used for this request"));
        boolean proven = kernel.port(Mfa.class)
                .map(devices -> kernel.transact(() -> devices.provesRoot(bucket.owner(), given)))
                .orElse(false);
        if (!proven) {
            throw Refusals.denied();
        }
    }
}
