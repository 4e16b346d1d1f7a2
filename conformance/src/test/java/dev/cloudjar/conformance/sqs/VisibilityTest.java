package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// A received message is hidden, not gone, until it is deleted or its visibility timeout passes.
@OnCloud(alone = true)
@Tag("acceptance")
class VisibilityTest {
    private final TestCloud cloud;
    private final SqsClient sqs;
    private final Queues queues;

    VisibilityTest(TestCloud cloud, SqsClient sqs) {
        this.cloud = cloud;
        this.sqs = sqs;
        this.queues = new Queues(cloud, sqs);
    }

    @Test
    void anUndeletedMessageComesBack() {
        String url = queues.create("comes-back");
        queues.send(url, "one");

        assertThat(queues.bodies(url)).containsExactly("one");
        cloud.advance(Duration.ofSeconds(20));
        assertThat(queues.bodies(url)).isEmpty();
        cloud.advance(Duration.ofSeconds(11));
        assertThat(queues.bodies(url)).containsExactly("one");
    }

    @Test
    void visibilityMayBeChangedWhileAMessageIsInFlight() {
        String url = queues.create("changed");
        queues.send(url, "one");
        Message received = queues.one(url);

        sqs.changeMessageVisibility(
                c -> c.queueUrl(url).receiptHandle(received.receiptHandle()).visibilityTimeout(120));
        cloud.advance(Duration.ofSeconds(100));
        assertThat(queues.bodies(url)).isEmpty();
        sqs.changeMessageVisibility(
                c -> c.queueUrl(url).receiptHandle(received.receiptHandle()).visibilityTimeout(0));
        assertThat(queues.bodies(url)).containsExactly("one");
    }

    @Test
    void visibilityMayBeChangedInABatch() {
        String url = queues.create("changed-batch");
        queues.send(url, "one");
        Message received = queues.one(url);

        var answer = sqs.changeMessageVisibilityBatch(
                c -> c.queueUrl(url).entries(change("good", received.receiptHandle()), change("bad", "nonsense")));

        assertThat(answer.successful()).extracting(e -> e.id()).containsExactly("good");
        assertThat(answer.failed()).extracting(e -> e.id()).containsExactly("bad");
        assertThat(queues.bodies(url)).containsExactly("one");
    }

    private static ChangeMessageVisibilityBatchRequestEntry change(String id, String receipt) {
        return ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(receipt)
                .visibilityTimeout(0)
                .build();
    }

    @Test
    void visibilityLastsTwelveHoursAtMost() {
        String url = queues.create("longest");
        queues.send(url, "one");
        Message received = queues.one(url);

        assertThatThrownBy(() -> sqs.changeMessageVisibility(c ->
                        c.queueUrl(url).receiptHandle(received.receiptHandle()).visibilityTimeout(43201)))
                .isInstanceOf(SqsException.class);
    }

    @Test
    void aDelayedMessageWaits() {
        String url = queues.create("delayed", Map.of(QueueAttributeName.DELAY_SECONDS, "60"));
        queues.send(url, "queue's delay");
        sqs.sendMessage(m -> m.queueUrl(url).messageBody("own delay").delaySeconds(10));

        assertThat(queues.bodies(url)).isEmpty();
        cloud.advance(Duration.ofSeconds(11));
        assertThat(queues.bodies(url)).containsExactly("own delay");
        cloud.advance(Duration.ofSeconds(50));
        assertThat(queues.bodies(url)).contains("queue's delay");
    }

    @Test
    void aMessageIsKeptForTheRetentionPeriod() {
        String url = queues.create("retained", Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "3600"));
        queues.send(url, "one");

        cloud.advance(Duration.ofMinutes(59));
        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("1");
        cloud.advance(Duration.ofMinutes(2));
        assertThat(queues.bodies(url)).isEmpty();
    }
}
