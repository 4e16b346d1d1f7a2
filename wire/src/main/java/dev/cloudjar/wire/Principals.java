package dev.cloudjar.wire;

import dev.cloudjar.kernel.Principal;

/// Whom an access key that was issued belongs to.
@FunctionalInterface
public interface Principals {
    Principal of(String accessKeyId);
}
