package dev.cloudjar.wire;

import dev.cloudjar.kernel.Principal;
import java.util.Optional;

/// Whom an access key that was issued belongs to.
public interface Principals {
    Principal of(String accessKeyId, Optional<String> token);

    /// Notes that a key was used for a call of `service`.
    void used(String accessKeyId, Principal who, String service, String region);
}
