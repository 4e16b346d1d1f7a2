package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.CancelMessageMoveTaskRequest;
import dev.cloudjar.api.Sqs.CancelMessageMoveTaskResult;
import dev.cloudjar.api.Sqs.ListMessageMoveTasksRequest;
import dev.cloudjar.api.Sqs.ListMessageMoveTasksResult;
import dev.cloudjar.api.Sqs.ListMessageMoveTasksResultEntry;
import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.StartMessageMoveTaskRequest;
import dev.cloudjar.api.Sqs.StartMessageMoveTaskResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A move task empties a dead-letter queue by the clock.
class MoveTaskTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String letters = sqs.create("letters");
    private final String queue = sqs.create("orders", Map.of("RedrivePolicy", sqs.redrive("letters", 1)));

    @Test
    void messagesGoBackWhereTheyCameFrom() {
        String other = sqs.create("others", Map.of("RedrivePolicy", sqs.redrive("letters", 1)));
        kill(queue, "one");
        kill(other, "two");

        start(request());
        sqs.passSeconds(0);

        assertThat(sqs.bodies(queue)).containsExactly("one");
        assertThat(sqs.bodies(other)).containsExactly("two");
        assertThat(last().status()).contains("COMPLETED");
        assertThat(last().approximateNumberOfMessagesMoved()).contains(2L);
        assertThat(last().taskHandle()).isEmpty();
    }

    @Test
    void aRedrivenMessageIsANewOne() {
        kill(queue, "one");
        String dead = last(letters).messageId().orElseThrow();
        sqs.passSeconds(30);

        start(request());
        sqs.passSeconds(0);

        Message alive = sqs.receive(queue).getFirst();
        assertThat(alive.messageId()).isPresent().isNotEqualTo(java.util.Optional.of(dead));
        assertThat(alive.attributes())
                .containsEntry("ApproximateReceiveCount", "1")
                .containsEntry("SentTimestamp", Long.toString(sqs.now().toEpochMilli()));
    }

    @Test
    void anotherDestinationMayBeNamed() {
        String elsewhere = sqs.create("elsewhere");
        kill(queue, "one");

        start(request().destinationArn(sqs.arn("elsewhere")));
        sqs.passSeconds(0);

        assertThat(sqs.bodies(elsewhere)).containsExactly("one");
    }

    @Test
    void theRateIsKept() {
        for (int i = 0; i < 5; i++) {
            kill(queue, "m" + i);
        }

        start(request().maxNumberOfMessagesPerSecond(2));
        sqs.passSeconds(0);

        assertThat(sqs.counts(letters)).containsExactly(3, 0, 0);
        assertThat(last().status()).contains("RUNNING");
        sqs.passSeconds(1);
        assertThat(sqs.counts(letters)).containsExactly(1, 0, 0);
        sqs.passSeconds(1);
        assertThat(sqs.counts(letters)).containsExactly(0, 0, 0);
        assertThat(last().status()).contains("COMPLETED");
    }

    @Test
    void aCancelledTaskMovesNoMore() {
        for (int i = 0; i < 3; i++) {
            kill(queue, "m" + i);
        }
        String handle = start(request().maxNumberOfMessagesPerSecond(1));
        sqs.passSeconds(0);

        var cancelled = sqs.<CancelMessageMoveTaskResult>call(new CancelMessageMoveTaskRequest().taskHandle(handle));
        sqs.passSeconds(10);

        assertThat(cancelled.approximateNumberOfMessagesMoved()).contains(1L);
        assertThat(sqs.counts(letters)).containsExactly(2, 0, 0);
        assertThat(last().status()).contains("CANCELLED");
        assertThat(last().approximateNumberOfMessagesToMove()).contains(3L);
        assertThat(Refused.by(() -> sqs.call(new CancelMessageMoveTaskRequest().taskHandle(handle)))
                        .code())
                .isEqualTo("AWS.SimpleQueueService.UnsupportedOperation");
    }

    @Test
    void aMessageWithoutAnOriginFailsTheTask() {
        sqs.send(letters, "sent here");

        start(request());
        sqs.passSeconds(0);

        assertThat(last().status()).contains("FAILED");
        assertThat(last().failureReason()).contains("CouldNotDetermineMessageSource");
        assertThat(sqs.bodies(letters)).containsExactly("sent here");
    }

    @Test
    void oneTaskRunsAtATime() {
        kill(queue, "one");
        kill(queue, "two");
        start(request().maxNumberOfMessagesPerSecond(1));

        assertThat(Refused.by(() -> start(request())))
                .isEqualTo(new Refused(
                        "InvalidParameterValue",
                        "There is already a task running. Only one active task is allowed for a source queue arn at a"
                                + " given time."));
        sqs.passSeconds(2);
        assertThat(start(request())).isNotEmpty();
    }

    @Test
    void theSourceMustBeADeadLetterQueue() {
        assertThat(Refused.by(() -> start(request().sourceArn(sqs.arn("orders")))))
                .isEqualTo(new Refused(
                        "InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue."));
    }

    @Test
    void theQueuesMustBeThere() {
        assertThat(Refused.by(() -> start(request().sourceArn(sqs.arn("nowhere")))))
                .isEqualTo(new Refused(
                        "ResourceNotFoundException",
                        "The resource that you specified for the SourceArn parameter doesn't exist."));
        assertThat(Refused.by(() -> start(request().destinationArn(sqs.arn("nowhere")))))
                .isEqualTo(new Refused(
                        "ResourceNotFoundException",
                        "The resource that you specified for the DestinationArn parameter doesn't exist."));
        assertThat(Refused.by(() -> start(request().destinationArn("orders"))).code())
                .isEqualTo("InvalidParameterValue");
        assertThat(Refused.by(() -> sqs.call(new CancelMessageMoveTaskRequest().taskHandle("mine"))))
                .isEqualTo(new Refused("ResourceNotFoundException", "Task does not exist."));
    }

    @Test
    void theLatestTasksAreListedFirst() {
        for (int i = 0; i < 12; i++) {
            start(request());
            sqs.passSeconds(1);
        }

        List<ListMessageMoveTasksResultEntry> listed = list(10);

        assertThat(listed).hasSize(10);
        assertThat(listed)
                .extracting(t -> t.startedTimestamp().orElseThrow())
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    private StartMessageMoveTaskRequest request() {
        return new StartMessageMoveTaskRequest().sourceArn(sqs.arn("letters"));
    }

    private String start(StartMessageMoveTaskRequest request) {
        return sqs.<StartMessageMoveTaskResult>call(request).taskHandle().orElseThrow();
    }

    private ListMessageMoveTasksResultEntry last() {
        return list(1).getFirst();
    }

    private List<ListMessageMoveTasksResultEntry> list(int most) {
        return sqs.<ListMessageMoveTasksResult>call(new ListMessageMoveTasksRequest()
                        .sourceArn(sqs.arn("letters"))
                        .maxResults(most))
                .results();
    }

    private Message last(String url) {
        return sqs.receive(url).getLast();
    }

    private void kill(String url, String body) {
        sqs.send(url, body);
        sqs.receive(url);
        sqs.passSeconds(30);
        sqs.receive(url);
    }
}
