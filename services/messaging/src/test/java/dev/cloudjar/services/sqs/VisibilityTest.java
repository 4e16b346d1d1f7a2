package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A received message is hidden, not gone, until it is deleted or its visibility timeout passes.
class VisibilityTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    @Test
    void aReceivedMessageIsHidden() {
        sqs.send(queue, "one");

        assertThat(sqs.bodies(queue)).containsExactly("one");
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void anUndeletedMessageComesBack() {
        sqs.send(queue, "one");
        sqs.receive(queue);

        sqs.passSeconds(29);
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.passSeconds(1);
        assertThat(sqs.bodies(queue)).containsExactly("one");
    }

    @Test
    void aDeletedMessageDoesNotComeBack() {
        sqs.send(queue, "one");
        sqs.delete(queue, sqs.receive(queue).getFirst());

        sqs.passSeconds(30);

        assertThat(sqs.bodies(queue)).isEmpty();
        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
    }

    @Test
    void theTimeoutOfTheRequestGoesBeforeThatOfTheQueue() {
        sqs.send(queue, "one");
        sqs.receive(new ReceiveMessageRequest().queueUrl(queue).visibilityTimeout(5));

        sqs.passSeconds(5);

        assertThat(sqs.bodies(queue)).containsExactly("one");
    }

    @Test
    void theTimeoutOfTheQueueMayBeSet() {
        sqs.set(queue, "VisibilityTimeout", "3");
        sqs.send(queue, "one");
        sqs.receive(queue);

        sqs.passSeconds(3);

        assertThat(sqs.bodies(queue)).containsExactly("one");
    }

    @Test
    void aReceiverMayHideAMessageForLonger() {
        sqs.send(queue, "one");
        sqs.hide(queue, sqs.receive(queue).getFirst(), 100);

        sqs.passSeconds(99);
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.passSeconds(1);
        assertThat(sqs.bodies(queue)).containsExactly("one");
    }

    @Test
    void aReceiverMayGiveAMessageBackAtOnce() {
        sqs.send(queue, "one");
        sqs.hide(queue, sqs.receive(queue).getFirst(), 0);

        assertThat(sqs.bodies(queue)).containsExactly("one");
    }

    @Test
    void receivesAreCountedAndTheFirstIsRemembered() {
        sqs.send(queue, "one");
        long first = sqs.now().toEpochMilli();
        sqs.receive(queue);
        sqs.passSeconds(30);

        Map<String, String> attributes = sqs.receive(queue).getFirst().attributes();

        assertThat(attributes)
                .containsEntry("ApproximateReceiveCount", "2")
                .containsEntry("ApproximateFirstReceiveTimestamp", Long.toString(first))
                .containsEntry("SentTimestamp", Long.toString(first));
    }

    @Test
    void anOldHandleStillDeletes() {
        sqs.send(queue, "one");
        Message old = sqs.receive(queue).getFirst();
        sqs.passSeconds(30);
        Message young = sqs.receive(queue).getFirst();

        assertThat(old.receiptHandle()).isNotEqualTo(young.receiptHandle());
        sqs.delete(queue, old);
        sqs.passSeconds(30);

        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void deletingTwiceIsNoError() {
        sqs.send(queue, "one");
        Message message = sqs.receive(queue).getFirst();

        sqs.delete(queue, message);
        sqs.delete(queue, message);

        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
    }

    @Test
    void aMessageIsNotReceivedTwiceInOneCallEvenWithoutATimeout() {
        sqs.send(queue, "one");

        assertThat(sqs.receive(new ReceiveMessageRequest()
                        .queueUrl(queue)
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(0)))
                .hasSize(1);
        assertThat(sqs.bodies(queue)).containsExactly("one");
    }
}
