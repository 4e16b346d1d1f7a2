package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// FIFO queues keep the order within a group and drop what is sent twice.
@OnCloud(alone = true)
@Tag("acceptance")
class FifoTest {
    private final TestCloud cloud;
    private final SqsClient sqs;
    private final Queues queues;

    FifoTest(TestCloud cloud, SqsClient sqs) {
        this.cloud = cloud;
        this.sqs = sqs;
        this.queues = new Queues(cloud, sqs);
    }

    @Test
    void aGroupIsReceivedInOrder() {
        String url = queues.createFifo("ordered");
        queues.sendTo(url, "g", "1", "2", "3", "4", "5");

        assertThat(queues.bodies(url)).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aGroupIsBlockedWhileOneOfItsMessagesIsInFlight() {
        String url = queues.createFifo("blocked");
        queues.sendTo(url, "a", "a1", "a2");
        queues.sendTo(url, "b", "b1");

        Message first = sqs.receiveMessage(r -> r.queueUrl(url)).messages().getFirst();
        assertThat(first.body()).isEqualTo("a1");
        assertThat(queues.bodies(url)).containsExactly("b1");
        assertThat(queues.bodies(url)).isEmpty();
        queues.delete(url, first);
        assertThat(queues.bodies(url)).containsExactly("a2");
    }

    @Test
    void theSameContentIsDroppedForFiveMinutes() {
        String url = queues.createFifo("content");
        queues.sendTo(url, "g", "same", "same");
        cloud.advance(Duration.ofSeconds(290));
        queues.sendTo(url, "g", "same");

        assertThat(queues.bodies(url)).containsExactly("same");
        cloud.advance(Duration.ofSeconds(11));
        queues.sendTo(url, "g", "same");
        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("1");
    }

    @Test
    void theSameIdIsAnsweredWithTheFirstMessage() {
        String url = queues.create("id.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));

        String first = send(url, "one", "id-1");
        assertThat(send(url, "two", "id-1")).isEqualTo(first);
        assertThat(send(url, "three", "id-2")).isNotEqualTo(first);
        assertThat(queues.bodies(url)).containsExactly("one", "three");
    }

    private String send(String url, String body, String id) {
        return sqs.sendMessage(m ->
                        m.queueUrl(url).messageBody(body).messageGroupId("g").messageDeduplicationId(id))
                .messageId();
    }

    @Test
    void sequenceNumbersRise() {
        String url = queues.createFifo("sequence");
        queues.sendTo(url, "g", "1", "2", "3");

        List<BigInteger> numbers = queues.receive(url).stream()
                .map(m -> new BigInteger(m.attributes().get(MessageSystemAttributeName.SEQUENCE_NUMBER)))
                .toList();
        assertThat(numbers).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anAttemptIsAnsweredAgain() {
        String url = queues.createFifo("attempt");
        queues.sendTo(url, "g", "one");

        assertThat(attempt(url)).containsExactly("one");
        assertThat(attempt(url)).containsExactly("one");
        assertThat(queues.bodies(url)).isEmpty();
    }

    private List<String> attempt(String url) {
        return sqs.receiveMessage(r -> r.queueUrl(url).receiveRequestAttemptId("attempt")).messages().stream()
                .map(Message::body)
                .toList();
    }

    @Test
    void aGroupAndADeduplicationIdAreNeeded() {
        String url = queues.create("strict.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        send(url, "one", "id");

        assertThatThrownBy(() -> queues.send(url, "no group")).isInstanceOf(SqsException.class);
        assertThatThrownBy(() -> queues.sendTo(url, "g", "no id")).isInstanceOf(SqsException.class);
    }

    @Test
    void theNameEndsInFifo() {
        queues.createFifo("name");

        assertThatThrownBy(() -> queues.create("name", Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .isInstanceOf(SqsException.class);
    }
}
