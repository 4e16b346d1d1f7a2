package dev.cloudjar.conformance.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.laws.Hunt;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// What a stub can pass proves nothing, so no acceptance test may be passed by one: at most one in fifty is.
class StubsFailTest {
    private static final double TOLERANCE = 0.02;

    @ParameterizedTest
    @EnumSource
    void theAcceptanceTests(Stub.Kind kind) throws IOException {
        try (var stub = new Stub(kind)) {
            TestExecutionSummary summary = run(stub.port());
            long all = summary.getTestsStartedCount();
            long passed = summary.getTestsSucceededCount();
            System.out.println("Stub " + kind + " passes " + passed + " of " + all + " acceptance tests.");

            assertThat(all).isGreaterThan(40);
            assertThat((double) passed / all).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLaws(Stub.Kind kind) throws IOException {
        try (var sound = RunningServer.start().atRest();
                var hunt = Hunt.of("sqs", sound, () -> RunningServer.start().atRest());
                var stub = new Stub(kind)) {
            long held = hunt.holding(stub.port());
            System.out.println("Of stub " + kind + " " + held + " of " + hunt.cases() + " cases of laws hold.");

            assertThat(hunt.cases()).isGreaterThan(80);
            assertThat((double) held / hunt.cases()).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    /// Run in the very same way, they are passed by the cloud: all but those that would move its clock.
    @Test
    void theAcceptanceTestsAreNotToBlame() {
        try (var cloud = RunningServer.start()) {
            TestExecutionSummary summary = run(cloud.port());

            assertThat(summary.getTestsStartedCount()).isGreaterThan(40);
            assertThat((double) summary.getTestsSucceededCount() / summary.getTestsStartedCount())
                    .isGreaterThan(0.8);
        }
    }

    private static TestExecutionSummary run(int port) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("dev.cloudjar.conformance.sqs"))
                .filters(TagFilter.includeTags("acceptance"))
                .configurationParameter("cloudjar.port", Integer.toString(port))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
