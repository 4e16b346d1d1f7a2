package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What is received too often goes to the dead-letter queue, and can be moved back.
@OnCloud
@Tag("acceptance")
class DeadLetterTest {
    private final SqsClient sqs;
    private final Queues queues;

    DeadLetterTest(TestCloud cloud, SqsClient sqs) {
        this.sqs = sqs;
        this.queues = new Queues(cloud, sqs);
    }

    private String source(String name, String target) {
        return queues.create(
                name,
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "0",
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + queues.arn(target) + "\",\"maxReceiveCount\":2}"));
    }

    @Test
    void aMessageReceivedTooOftenIsMoved() {
        String dead = queues.create("dead");
        String url = source("alive", dead);
        queues.send(url, "poison");

        assertThat(queues.bodies(url)).containsExactly("poison");
        assertThat(queues.bodies(url)).containsExactly("poison");
        assertThat(queues.bodies(url)).isEmpty();
        assertThat(queues.bodies(dead)).containsExactly("poison");
    }

    @Test
    void theSourcesOfADeadLetterQueueAreListed() {
        String dead = queues.create("dead-listed");
        String one = source("source-1", dead);
        String two = source("source-2", dead);

        assertThat(sqs.listDeadLetterSourceQueues(q -> q.queueUrl(dead)).queueUrls())
                .containsExactlyInAnyOrder(one, two);
    }

    @Test
    void theTargetMustExist() {
        String dead = queues.create("dead-existing");
        source("source-good", dead);

        assertThatThrownBy(() -> queues.create(
                        "source-bad",
                        Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"" + queues.arn(dead) + "-not\",\"maxReceiveCount\":2}")))
                .isInstanceOf(SqsException.class);
    }

    @Test
    void deadLettersAreMovedBack() {
        String dead = queues.create("dead-moved");
        String url = source("source-moved", dead);
        queues.send(url, "poison");
        queues.bodies(url);
        queues.bodies(url);
        queues.bodies(url);
        assertThat(queues.attribute(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("1");

        assertThat(sqs.startMessageMoveTask(t -> t.sourceArn(queues.arn(dead))).taskHandle())
                .isNotEmpty();

        assertThat(sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(10)).messages())
                .singleElement()
                .returns("poison", m -> m.body());
        assertThat(sqs.listMessageMoveTasks(t -> t.sourceArn(queues.arn(dead))).results())
                .first()
                .returns(queues.arn(dead), ListMessageMoveTasksResultEntry::sourceArn)
                .returns(1L, ListMessageMoveTasksResultEntry::approximateNumberOfMessagesMoved);
    }

    @Test
    void aSlowMoveIsCancelled() {
        String dead = queues.create("dead-slow");
        source("source-slow", dead);
        String target = queues.create("target-slow");
        for (int i = 0; i < 50; i++) {
            queues.send(dead, "m" + i);
        }

        String handle = sqs.startMessageMoveTask(t -> t.sourceArn(queues.arn(dead))
                        .destinationArn(queues.arn(target))
                        .maxNumberOfMessagesPerSecond(1))
                .taskHandle();
        var cancelled = sqs.cancelMessageMoveTask(t -> t.taskHandle(handle));

        assertThat(cancelled.approximateNumberOfMessagesMoved()).isLessThan(50L);
        assertThat(sqs.listMessageMoveTasks(t -> t.sourceArn(queues.arn(dead))).results())
                .first()
                .satisfies(task -> assertThat(task.status()).isIn("CANCELLING", "CANCELLED"));
    }

    @Test
    void onlyADeadLetterQueueCanBeMovedFrom() {
        String dead = queues.create("dead-proper");
        source("source-proper", dead);
        String plain = queues.create("plain");

        sqs.startMessageMoveTask(t -> t.sourceArn(queues.arn(dead)).destinationArn(queues.arn(plain)));
        assertThatThrownBy(() -> sqs.startMessageMoveTask(
                        t -> t.sourceArn(queues.arn(plain)).destinationArn(queues.arn(dead))))
                .isInstanceOf(SqsException.class);
    }
}
