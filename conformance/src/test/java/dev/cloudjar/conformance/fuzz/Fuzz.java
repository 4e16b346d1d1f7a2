package dev.cloudjar.conformance.fuzz;

import dev.cloudjar.app.Cloud;
import java.io.IOException;

/// What Jazzer calls, again and again: the parser that the property `cloudjar.fuzz` names reads what it made up.
public final class Fuzz {
    private static final Target TARGET = Target.of(System.getProperty("cloudjar.fuzz", "json"));
    private static final Cloud CLOUD = cloud();

    private Fuzz() {}

    /// A cloud in which a failure is a finding.
    private static Cloud cloud() {
        try {
            Cloud cloud = TARGET.open(failure -> {
                throw new IllegalStateException("The cloud failed", failure);
            });
            TARGET.prepare(cloud);
            return cloud;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        TARGET.feed(CLOUD, bytes);
    }
}
