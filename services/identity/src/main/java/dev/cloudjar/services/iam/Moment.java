package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kernel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The present as IAM notes it: to the second.
final class Moment {
    private Moment() {}

    static Instant now(Kernel kernel) {
        return kernel.time().now().truncatedTo(ChronoUnit.SECONDS);
    }
}
