package dev.cloudjar.wire;

import dev.cloudjar.kernel.Principal;
import java.util.Optional;

/// Whom an access key that was issued belongs to.
@FunctionalInterface
public interface Principals {
    Principal of(String accessKeyId, Optional<String> token);
}
