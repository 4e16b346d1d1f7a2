package dev.cloudjar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Two clouds in one JVM do not know of each other.
class WorldsTest {
    private static final String ACCOUNT = "222222222222";

    @Test
    void shareNothing() {
        try (var first = RunningServer.start();
                var second = RunningServer.start();
                SqsClient one = Clients.sqs(new TestCloud(first, ACCOUNT));
                SqsClient other = Clients.sqs(new TestCloud(second, ACCOUNT))) {
            String url = one.createQueue(q -> q.queueName("mine")).queueUrl();
            one.sendMessage(m -> m.queueUrl(url).messageBody("secret"));

            assertThat(other.listQueues().queueUrls()).isEmpty();
            second.world().orElseThrow().reset();
            first.world().orElseThrow().freezeClock();

            assertThat(one.receiveMessage(r -> r.queueUrl(url)).messages()).hasSize(1);
            assertThat(second.world().orElseThrow().time().pace().scale()).isEqualTo(1);
            first.assertNoFailures();
            second.assertNoFailures();
        }
    }
}
