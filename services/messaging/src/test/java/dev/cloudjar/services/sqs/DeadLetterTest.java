package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.ListDeadLetterSourceQueuesRequest;
import dev.cloudjar.api.Sqs.ListDeadLetterSourceQueuesResult;
import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.SendMessageRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A message that was received too often goes to the dead-letter queue.
class DeadLetterTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String letters = sqs.create("letters");
    private final String queue = sqs.create("orders", Map.of("RedrivePolicy", sqs.redrive("letters", 2)));

    @Test
    void aMessageMovesInsteadOfBeingReceivedOnceMore() {
        sqs.send(queue, "poison");
        receiveTwice(queue);

        assertThat(sqs.bodies(letters)).isEmpty();
        assertThat(sqs.bodies(queue)).isEmpty();
        assertThat(sqs.bodies(letters)).containsExactly("poison");
        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
    }

    @Test
    void aHealthyMessageBehindAPoisonedOneIsReceived() {
        sqs.send(queue, "poison");
        receiveTwice(queue);
        sqs.send(queue, "healthy");

        assertThat(sqs.receive(queue, 1)).extracting(SqsUnderTest::body).containsExactly("healthy");
    }

    @Test
    void aMovedMessageKeepsItsIdItsTimeAndItsReceives() {
        var id = sqs.send(queue, "poison").messageId();
        String sent = Long.toString(sqs.now().toEpochMilli());
        receiveTwice(queue);
        sqs.receive(queue);

        Message moved = sqs.receive(letters).getFirst();

        assertThat(moved.messageId()).isEqualTo(id);
        assertThat(moved.attributes())
                .containsEntry("SentTimestamp", sent)
                .containsEntry("ApproximateReceiveCount", "3")
                .containsEntry("DeadLetterQueueSourceArn", sqs.arn("orders"));
    }

    @Test
    void theRetentionOfAMovedMessageRunsOn() {
        sqs.send(queue, "poison");
        sqs.pass(Duration.ofDays(3));
        receiveTwice(queue);
        sqs.receive(queue);
        sqs.pass(Duration.ofDays(1));

        assertThat(sqs.bodies(letters)).isEmpty();
    }

    @Test
    void aFifoQueueMovesUnderANewDeduplicationIdAndTime() {
        String fifoLetters = sqs.createFifo("letters.fifo", Map.of());
        String fifo = sqs.createFifo("orders.fifo", Map.of("RedrivePolicy", sqs.redrive("letters.fifo", 2)));
        String id = sqs.send(fifo, "a", "poison").messageId().orElseThrow();
        sqs.send(fifo, "a", "next");
        for (int i = 0; i < 2; i++) {
            sqs.receive(fifo, 1);
            sqs.passSeconds(30);
        }

        assertThat(sqs.receive(fifo, 1)).extracting(SqsUnderTest::body).containsExactly("next");
        assertThat(sqs.receive(fifoLetters).getFirst().attributes())
                .containsEntry("MessageDeduplicationId", id)
                .containsEntry("SentTimestamp", Long.toString(sqs.now().toEpochMilli()));
    }

    @Test
    void whereTheDeadLetterQueueIsGoneMessagesStay() {
        sqs.send(queue, "poison");
        receiveTwice(queue);
        sqs.call(new dev.cloudjar.api.Sqs.DeleteQueueRequest().queueUrl(letters));

        assertThat(sqs.bodies(queue)).containsExactly("poison");
    }

    @Test
    void theSourcesOfADeadLetterQueueAreListed() {
        var result =
                sqs.<ListDeadLetterSourceQueuesResult>call(new ListDeadLetterSourceQueuesRequest().queueUrl(letters));

        assertThat(result.queueUrls()).containsExactly(queue);
    }

    @Test
    void theAllowPolicyAdmitsOnlyWhomItNames() {
        sqs.set(letters, "RedriveAllowPolicy", "{\"redrivePermission\":\"denyAll\"}");
        Refused refused = Refused.by(() -> sqs.set(queue, "RedrivePolicy", sqs.redrive("letters", 3)));
        assertThat(refused.code()).isEqualTo("InvalidParameterValue");

        sqs.set(
                letters,
                "RedriveAllowPolicy",
                "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"" + sqs.arn("orders") + "\"]}");
        sqs.set(queue, "RedrivePolicy", sqs.redrive("letters", 3));
        assertThat(sqs.attribute(queue, "RedrivePolicy")).contains("3");
    }

    @Test
    void attributesComeAlong() {
        sqs.call(new SendMessageRequest()
                .queueUrl(queue)
                .messageBody("poison")
                .messageAttributes(Map.of(
                        "color",
                        new dev.cloudjar.api.Sqs.MessageAttributeValue()
                                .dataType("String")
                                .stringValue("red"))));
        receiveTwice(queue);
        sqs.receive(queue);

        assertThat(sqs.receive(letters).getFirst().messageAttributes()).containsKey("color");
    }

    private void receiveTwice(String url) {
        for (int i = 0; i < 2; i++) {
            sqs.receive(url);
            sqs.passSeconds(30);
        }
    }
}
