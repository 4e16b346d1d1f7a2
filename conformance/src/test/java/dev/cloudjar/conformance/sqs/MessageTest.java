package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/// Messages are sent, received, counted and deleted, alone and in batches.
@OnCloud
@Tag("acceptance")
class MessageTest {
    private final SqsClient sqs;
    private final Queues queues;

    MessageTest(TestCloud cloud, SqsClient sqs) {
        this.sqs = sqs;
        this.queues = new Queues(cloud, sqs);
    }

    @Test
    void whatIsSentIsReceived() {
        String url = queues.create("sent");

        SendMessageResponse sent = sqs.sendMessage(m -> m.queueUrl(url).messageBody("héllo\n<&>\"☃"));

        Message received = queues.one(url);
        assertThat(received.body()).isEqualTo("héllo\n<&>\"☃");
        assertThat(received.messageId()).isEqualTo(sent.messageId());
        assertThat(received.md5OfBody()).isEqualTo(sent.md5OfMessageBody());
    }

    @Test
    void aReceivedMessageIsHiddenFromOthers() {
        String url = queues.create("hidden");
        queues.send(url, "one");

        assertThat(queues.bodies(url)).containsExactly("one");
        assertThat(queues.bodies(url)).isEmpty();
    }

    @Test
    void aDeletedMessageIsGone() {
        String url = queues.create("deleted", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0"));
        queues.send(url, "one");
        Message received = queues.one(url);
        assertThat(queues.one(url).messageId()).isEqualTo(received.messageId());

        queues.delete(url, queues.one(url));

        assertThat(queues.bodies(url)).isEmpty();
        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("0");
    }

    @Test
    void countsTellWhatIsVisibleHiddenAndDelayed() {
        String url = queues.create("counted");
        queues.send(url, "a", "b", "c");
        sqs.sendMessage(m -> m.queueUrl(url).messageBody("later").delaySeconds(900));
        sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(1));

        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("2");
        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("1");
        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .isEqualTo("1");
    }

    @Test
    void noMoreMessagesAreReceivedThanAskedFor() {
        String url = queues.create("some");
        IntStream.range(0, 12).forEach(i -> queues.send(url, "m" + i));

        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).hasSize(1);
        assertThat(queues.receive(url)).hasSize(10);
        assertThat(queues.receive(url)).hasSize(1);
    }

    @Test
    void systemAttributesTellWhenWhoAndHowOften() {
        String url = queues.create("system", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0"));
        queues.send(url, "one");
        queues.one(url);

        Map<MessageSystemAttributeName, String> attributes = queues.one(url).attributes();

        assertThat(attributes)
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")
                .containsKeys(
                        MessageSystemAttributeName.SENDER_ID,
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);
    }

    @Test
    void messageAttributesOfEveryTypeComeBack() {
        String url = queues.create("attributes");
        Map<String, MessageAttributeValue> attributes = Map.of(
                "text", value("String").stringValue("x").build(),
                "number", value("Number.int").stringValue("42").build(),
                "bytes",
                        value("Binary")
                                .binaryValue(SdkBytes.fromByteArray(new byte[] {0, -1, 7}))
                                .build());

        SendMessageResponse sent =
                sqs.sendMessage(m -> m.queueUrl(url).messageBody("body").messageAttributes(attributes));

        Message received = queues.one(url);
        assertThat(received.messageAttributes()).isEqualTo(attributes);
        assertThat(received.md5OfMessageAttributes()).isEqualTo(sent.md5OfMessageAttributes());
    }

    private static MessageAttributeValue.Builder value(String type) {
        return MessageAttributeValue.builder().dataType(type);
    }

    @Test
    void onlyTheAttributesAskedForAreAnswered() {
        String url = queues.create("asked");
        sqs.sendMessage(m -> m.queueUrl(url)
                .messageBody("body")
                .messageAttributes(Map.of(
                        "foo.a", value("String").stringValue("1").build(),
                        "foo.b", value("String").stringValue("2").build(),
                        "bar", value("String").stringValue("3").build())));

        Message received = sqs.receiveMessage(r -> r.queueUrl(url).messageAttributeNames("foo.*"))
                .messages()
                .getFirst();

        assertThat(received.messageAttributes()).containsOnlyKeys("foo.a", "foo.b");
        assertThat(received.attributes()).isEmpty();
    }

    @Test
    void aMessageMayHaveAMebibyteAndNoMore() {
        String url = queues.create("large");
        String largest = "x".repeat(1 << 20);

        queues.send(url, largest);
        assertThat(queues.one(url).body()).isEqualTo(largest);
        assertThatThrownBy(() -> queues.send(url, largest + "x")).isInstanceOf(SqsException.class);
    }

    @Test
    void aMessageMayNotHaveCharactersThatXmlLacks() {
        String url = queues.create("characters");

        queues.send(url, "tab\t");
        assertThatThrownBy(() -> queues.send(url, "bell\u0007")).isInstanceOf(InvalidMessageContentsException.class);
        assertThat(queues.bodies(url)).containsExactly("tab\t");
    }

    @Test
    void aBatchIsSentAndDeletedTogether() {
        String url = queues.create("batch");
        List<SendMessageBatchRequestEntry> entries =
                IntStream.range(0, 10).mapToObj(MessageTest::entry).toList();

        assertThat(sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entries)).successful())
                .hasSize(10);
        List<Message> received = queues.receive(url);
        assertThat(received)
                .extracting(Message::body)
                .containsExactlyInAnyOrderElementsOf(entries.stream()
                        .map(SendMessageBatchRequestEntry::messageBody)
                        .toList());
        assertThat(sqs.deleteMessageBatch(b -> b.queueUrl(url)
                                .entries(
                                        received.stream()
                                                .map(m -> software.amazon.awssdk.services.sqs.model
                                                        .DeleteMessageBatchRequestEntry.builder()
                                                        .id(m.messageId())
                                                        .receiptHandle(m.receiptHandle())
                                                        .build())
                                                .toList()))
                        .successful())
                .hasSize(10);
        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("0");
    }

    private static SendMessageBatchRequestEntry entry(int number) {
        return SendMessageBatchRequestEntry.builder()
                .id("id-" + number)
                .messageBody("body " + number)
                .build();
    }

    @Test
    void oneBadEntryOfABatchDoesNotHarmTheOthers() {
        String url = queues.create("partly");

        var answer = sqs.sendMessageBatch(b -> b.queueUrl(url)
                .entries(
                        entry(1),
                        SendMessageBatchRequestEntry.builder()
                                .id("bad")
                                .messageBody("\u0001")
                                .build()));

        assertThat(answer.successful()).extracting(e -> e.id()).containsExactly("id-1");
        assertThat(answer.failed())
                .singleElement()
                .returns("bad", BatchResultErrorEntry::id)
                .returns(true, BatchResultErrorEntry::senderFault);
        assertThat(queues.bodies(url)).containsExactly("body 1");
    }

    @Test
    void aBatchHasOneToTenDistinctEntries() {
        String url = queues.create("limits");

        assertThatThrownBy(() -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(List.of())))
                .isInstanceOf(EmptyBatchRequestException.class);
        assertThatThrownBy(() -> sqs.sendMessageBatch(b -> b.queueUrl(url)
                        .entries(IntStream.range(0, 11)
                                .mapToObj(MessageTest::entry)
                                .toList())))
                .isInstanceOf(TooManyEntriesInBatchRequestException.class);
        assertThatThrownBy(() -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entry(1), entry(1))))
                .isInstanceOf(BatchEntryIdsNotDistinctException.class);
    }

    @Test
    void aReceiptHandleMustBeOne() {
        String url = queues.create("receipts");
        queues.send(url, "one");
        queues.delete(url, queues.one(url));

        assertThatThrownBy(() -> sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle("nonsense")))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
    }

    @Test
    void aQueueThatIsNotThereIsRefused() {
        String url = queues.create("there");
        queues.send(url, "one");

        assertThatThrownBy(() -> queues.send(url + "-not", "one")).isInstanceOf(QueueDoesNotExistException.class);
        assertThatThrownBy(() -> queues.receive(url + "-not")).isInstanceOf(QueueDoesNotExistException.class);
        assertThat(queues.bodies(url)).containsExactly("one");
    }
}
