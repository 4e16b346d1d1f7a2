package dev.cloudjar.conformance.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.laws.Hunt;
import dev.cloudjar.conformance.laws.LawBook;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// What a stub can pass proves nothing, so no acceptance test may be passed by one: at most one in fifty is.
class StubsFailTest {
    private static final double TOLERANCE = 0.02;
    /// So many cases of a service are tried, or with `-Dcloudjar.stubs=100000` all.
    private static final int SOME = Integer.getInteger("cloudjar.stubs", 100);

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

    static List<String> services() {
        return LawBook.built();
    }

    @ParameterizedTest
    @MethodSource("services")
    void theLaws(String service) throws IOException {
        try (var sound = RunningServer.steady();
                var hunt = Hunt.of(service, sound, () -> RunningServer.steady())) {
            for (Stub.Kind kind : Stub.Kind.values()) {
                try (var stub = new Stub(kind)) {
                    Hunt.Held held = hunt.holding(stub.port(), SOME);
                    System.out.println("Of stub " + kind + " " + held.holding().size() + " of " + held.tried()
                            + " cases of laws about " + service + " hold: " + held.holding());

                    assertThat(held.tried()).isPositive();
                    assertThat((double) held.holding().size() / held.tried())
                            .as("what %s passes: %s", kind, held.holding())
                            .isLessThanOrEqualTo(TOLERANCE);
                }
            }
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
