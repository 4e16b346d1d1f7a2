package dev.cloudjar.kernel;

import java.util.Optional;

/// Multi-factor authentication: who has which device, and what it shows now by the world's clock. The port of
/// IAM.
///
/// S3 asks it for what comes in `x-amz-mfa`: `provesRoot(owner, header)` of the account that owns the bucket.
public interface Mfa {
    /// A device that somebody outside of the API has brought: its serial number, and the seed of its codes in
    /// base 32, which a security key has not.
    record Enrolled(String serial, Optional<String> seed) {}

    /// Whether the device `serial` is that of `who`.
    boolean has(Principal who, String serial);

    /// Whether it is, and `code` is what it shows now or a step of thirty seconds away.
    /// A code is good once.
    boolean proves(Principal who, String serial, String code);

    /// The same of the root user of `account` and the text `SERIAL CODE`: a serial number or ARN, a space, and
    /// six digits. A text of another form proves nothing.
    default boolean provesRoot(String account, String serialAndCode) {
        int space = serialAndCode.lastIndexOf(' ');
        return space > 0
                && proves(
                        Principal.root(account),
                        serialAndCode.substring(0, space).strip(),
                        serialAndCode.substring(space + 1));
    }

    /// Gives the root user of the call's account a virtual device, as only AWS's console can.
    Enrolled enrollRoot();

    /// Tells of a hardware token with its seed, as vendors tell AWS; a user takes it by `EnableMFADevice`.
    Enrolled knowToken(String serial, Optional<String> seed);

    /// Gives a user of the call's account, or its root where none is named, a FIDO security key, as only AWS's
    /// console can.
    Enrolled enrollKey(Optional<String> user, String name);
}
