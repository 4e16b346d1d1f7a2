package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.api.Sqs.SendMessageRequest;
import dev.cloudjar.api.Sqs.SendMessageResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A FIFO queue keeps the order of each message group, and blocks a group of which something is in flight.
class FifoTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.createFifo("orders.fifo", Map.of());

    @Test
    void aGroupIsReceivedInTheOrderOfSending() {
        for (int i = 0; i < 25; i++) {
            sqs.send(queue, "a", "m" + i);
        }

        for (int i = 0; i < 25; i++) {
            Message message = sqs.receive(queue, 1).getFirst();
            assertThat(message.body()).contains("m" + i);
            sqs.delete(queue, message);
        }
    }

    @Test
    void oneReceiveTakesAsManyOfAGroupAsItMayInOrder() {
        for (int i = 0; i < 12; i++) {
            sqs.send(queue, "a", "m" + i);
        }

        assertThat(sqs.bodies(queue)).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void aGroupInFlightIsBlockedAndOthersAreNot() {
        sqs.send(queue, "a", "a1");
        sqs.send(queue, "a", "a2");
        sqs.send(queue, "b", "b1");

        assertThat(sqs.receive(queue, 1)).extracting(SqsUnderTest::body).containsExactly("a1");
        assertThat(sqs.bodies(queue)).containsExactly("b1");
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void aGroupIsFreeOnceAllThatIsInFlightIsDeleted() {
        sqs.send(queue, "a", "a1");
        sqs.send(queue, "a", "a2");
        sqs.send(queue, "a", "a3");
        List<Message> two = sqs.receive(queue, 2);

        sqs.delete(queue, two.get(1));
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.delete(queue, two.get(0));

        assertThat(sqs.bodies(queue)).containsExactly("a3");
    }

    @Test
    void aTimedOutMessageComesBackBeforeItsFollowers() {
        sqs.send(queue, "a", "a1");
        sqs.send(queue, "a", "a2");
        sqs.receive(queue, 1);

        sqs.passSeconds(30);

        assertThat(sqs.bodies(queue)).containsExactly("a1", "a2");
    }

    @Test
    void aMessageGivenBackWaitsForTheOthersInFlight() {
        sqs.send(queue, "a", "a1");
        sqs.send(queue, "a", "a2");
        List<Message> two = sqs.receive(queue, 2);

        sqs.hide(queue, two.get(0), 0);
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.hide(queue, two.get(1), 0);

        assertThat(sqs.bodies(queue)).containsExactly("a1", "a2");
    }

    @Test
    void anExpiredHandleIsRefused() {
        sqs.send(queue, "a", "a1");
        Message message = sqs.receive(queue, 1).getFirst();
        String handle = SqsUnderTest.handle(message);
        String reason =
                "Value " + handle + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.";

        sqs.passSeconds(30);

        assertThat(Refused.by(() -> sqs.delete(queue, message)))
                .isEqualTo(new Refused("InvalidParameterValue", reason));
        assertThat(Refused.by(() -> sqs.hide(queue, message, 5)))
                .isEqualTo(new Refused("InvalidParameterValue", reason));
    }

    @Test
    void sequenceNumbersHaveTwentyDigitsAndRise() {
        String first = sqs.send(queue, "a", "a1").sequenceNumber().orElseThrow();
        String second = sqs.send(queue, "b", "b1").sequenceNumber().orElseThrow();

        assertThat(first).hasSize(20).isLessThan(second);
        assertThat(sqs.receive(queue).getFirst().attributes()).containsEntry("SequenceNumber", first);
    }

    @Test
    void theDelayOfTheQueueHoldsForMessagesThatAreAlreadyInIt() {
        sqs.send(queue, "a", "a1");
        sqs.set(queue, "DelaySeconds", "10");

        sqs.passSeconds(9);
        assertThat(sqs.counts(queue)).containsExactly(0, 0, 1);
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.passSeconds(1);

        assertThat(sqs.counts(queue)).containsExactly(1, 0, 0);
        assertThat(sqs.bodies(queue)).containsExactly("a1");
    }

    @Test
    void whatIsBlockedCountsAsVisible() {
        sqs.send(queue, "a", "a1");
        sqs.send(queue, "a", "a2");
        sqs.receive(queue, 1);

        assertThat(sqs.counts(queue)).containsExactly(1, 1, 0);
    }

    @Test
    void aRetriedReceiveReturnsTheSame() {
        sqs.send(queue, "a", "a1");
        var request = new ReceiveMessageRequest().queueUrl(queue).receiveRequestAttemptId("try-1");
        List<Message> first = sqs.receive(request);

        sqs.passSeconds(20);
        List<Message> again = sqs.receive(request);
        sqs.passSeconds(20);

        assertThat(first).hasSize(1);
        assertThat(again).isEqualTo(first);
        assertThat(sqs.bodies(queue)).as("hidden anew by the retry").isEmpty();
        sqs.delete(queue, first.getFirst());
        assertThat(sqs.receive(request)).isEmpty();
    }

    @Test
    void aRetriedReceiveIsANewOneOnceAMessageWasTouched() {
        sqs.send(queue, "a", "a1");
        sqs.send(queue, "b", "b1");
        var request = new ReceiveMessageRequest()
                .queueUrl(queue)
                .maxNumberOfMessages(1)
                .receiveRequestAttemptId("try-1");
        Message first = sqs.receive(request).getFirst();

        sqs.hide(queue, first, 100);

        assertThat(sqs.receive(request)).extracting(SqsUnderTest::body).containsExactly("b1");
    }

    @Test
    void anIdUsedWithinFiveMinutesIsAcceptedAndNotDelivered() {
        SendMessageResult first = sqs.send(queue, "a", "same");
        sqs.passSeconds(299);
        SendMessageResult second = sqs.send(queue, "a", "same");

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.sequenceNumber()).isEqualTo(first.sequenceNumber());
        assertThat(sqs.bodies(queue)).containsExactly("same");
        sqs.passSeconds(1);
        assertThat(sqs.send(queue, "a", "same").messageId()).isNotEqualTo(first.messageId());
    }

    @Test
    void anIdStaysUsedAfterItsMessageIsDeleted() {
        sqs.send(queue, "a", "same");
        sqs.delete(queue, sqs.receive(queue).getFirst());
        sqs.send(queue, "a", "same");

        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void idsCountInTheWholeQueueUnlessItsScopeIsTheGroup() {
        sqs.send(queue, "a", "same");
        sqs.send(queue, "b", "same");
        assertThat(sqs.bodies(queue)).hasSize(1);

        String grouped = sqs.createFifo("grouped.fifo", Map.of("DeduplicationScope", "messageGroup"));
        sqs.send(grouped, "a", "same");
        sqs.send(grouped, "b", "same");
        assertThat(sqs.bodies(grouped)).hasSize(2);
    }

    @Test
    void theBodyIsTheIdWhereTheQueueSaysSo() {
        String byContent = sqs.createFifo("content.fifo", Map.of("ContentBasedDeduplication", "true"));
        var request = new SendMessageRequest()
                .queueUrl(byContent)
                .messageBody("hello")
                .messageGroupId("a");
        sqs.call(request);
        sqs.call(request);
        sqs.call(request.messageDeduplicationId("another"));

        List<Message> received = sqs.receive(byContent);

        assertThat(received).hasSize(2);
        assertThat(received.getFirst().attributes())
                .containsEntry("MessageGroupId", "a")
                .containsEntry(
                        "MessageDeduplicationId", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    @Test
    void aPurgeForgetsDeduplicationIds() {
        sqs.send(queue, "a", "same");
        sqs.call(new dev.cloudjar.api.Sqs.PurgeQueueRequest().queueUrl(queue));
        sqs.send(queue, "a", "same");

        assertThat(sqs.bodies(queue)).containsExactly("same");
    }
}
