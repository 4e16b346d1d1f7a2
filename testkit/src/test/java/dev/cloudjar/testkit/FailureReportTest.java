package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.testkit.engine.EngineTestKit;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What a failed test says about its cloud, and that a cloud ends with its class.
@ResourceLock(Resources.SYSTEM_ERR)
class FailureReportTest {
    @Test
    void aFailedTestSaysTheSeedAndTheLatestCalls() {
        assertThat(errorsOf(Failing.class, "cloudjar.other", ""))
                .contains("Failing fails(SqsClient) failed on a cloud with the seed 77; its latest calls:")
                .contains("2030-01-01T00:00:00Z sqs ListQueues of arn:aws:iam::000000000000:root in us-east-1")
                .doesNotContain("succeeds");
    }

    @Test
    void theSeedOfAFailedRunCanBeGivenBack() {
        assertThat(errorsOf(AnySeed.class, "cloudjar.seed", "4711")).contains("failed on a cloud with the seed 4711");
    }

    private static String errorsOf(Class<?> tests, String parameter, String value) {
        var said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            EngineTestKit.engine("junit-jupiter")
                    .configurationParameter(parameter, value)
                    .selectors(selectClass(tests))
                    .execute()
                    .testEvents()
                    .assertStatistics(events -> events.failed(1));
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /// A test class of a user.
    @CloudTest("--seed=77")
    static class Failing {
        @Test
        void fails(SqsClient sqs) {
            sqs.listQueues();
            Assertions.fail("as it should");
        }

        @Nested
        class Inside {
            @Test
            void succeeds(Cloud cloud) {
                assertThat(cloud.seed()).isEqualTo(77);
            }
        }
    }

    /// A test class of a user who leaves the seed to chance.
    @CloudTest
    static class AnySeed {
        @Test
        void fails(Cloud cloud) {
            Assertions.fail("as it should, with the seed " + cloud.seed());
        }
    }
}
