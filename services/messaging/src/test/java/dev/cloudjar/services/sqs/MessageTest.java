package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.MessageAttributeValue;
import dev.cloudjar.api.Sqs.MessageSystemAttributeValue;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.api.Sqs.ReceiveMessageResult;
import dev.cloudjar.api.Sqs.SendMessageRequest;
import dev.cloudjar.api.Sqs.SendMessageResult;
import dev.cloudjar.kernel.Meter;
import dev.cloudjar.model.Blob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What is sent is received, with digests by which SDKs check it.
class MessageTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    private final Map<String, MessageAttributeValue> attributes = Map.of(
            "b.color", new MessageAttributeValue().dataType("String").stringValue("red"),
            "b.size", new MessageAttributeValue().dataType("Number.int").stringValue("42"),
            "raw", new MessageAttributeValue().dataType("Binary").binaryValue(Blob.of("x")));

    @Test
    void bodyAndDigestsComeBack() {
        SendMessageResult sent = sqs.send(queue, "hello");
        Message received = sqs.receive(queue).getFirst();

        assertThat(sent.md5OfMessageBody()).contains("5d41402abc4b2a76b9719d911017c592");
        assertThat(received.md5OfBody()).isEqualTo(sent.md5OfMessageBody());
        assertThat(received.messageId()).isEqualTo(sent.messageId());
        assertThat(received.attributes()).containsEntry("SenderId", SqsUnderTest.ACCOUNT);
        assertThat(sent.sequenceNumber()).isEmpty();
    }

    /// The digest is the one that AWS's documentation prescribes, worked out by hand for one attribute.
    @Test
    void theDigestOfAttributesGoesOverNamesTypesAndValues() throws Exception {
        var expected = java.security.MessageDigest.getInstance("MD5")
                .digest(("\0\0\0\5color\0\0\0\6String\1\0\0\0\3red").getBytes(java.nio.charset.StandardCharsets.UTF_8));

        SendMessageResult sent = sqs.call(new SendMessageRequest()
                .queueUrl(queue)
                .messageBody("hello")
                .messageAttributes(Map.of(
                        "color", new MessageAttributeValue().dataType("String").stringValue("red"))));

        assertThat(sent.md5OfMessageAttributes())
                .contains(java.util.HexFormat.of().formatHex(expected));
    }

    @Test
    void attributesComeBackAsTheyWereSent() {
        SendMessageResult sent = sqs.call(
                new SendMessageRequest().queueUrl(queue).messageBody("hello").messageAttributes(attributes));

        Message received = sqs.receive(queue).getFirst();

        assertThat(received.messageAttributes()).isEqualTo(attributes);
        assertThat(received.md5OfMessageAttributes()).isEqualTo(sent.md5OfMessageAttributes());
    }

    @Test
    void aReceiverGetsTheAttributesItNames() {
        sqs.call(new SendMessageRequest().queueUrl(queue).messageBody("hello").messageAttributes(attributes));
        var request = new ReceiveMessageRequest()
                .queueUrl(queue)
                .visibilityTimeout(0)
                .messageAttributeNames(List.of("b.*"))
                .attributeNames(List.of("SentTimestamp"));

        Message received = sqs.<ReceiveMessageResult>call(request).messages().getFirst();

        assertThat(received.messageAttributes()).containsOnlyKeys("b.color", "b.size");
        assertThat(received.attributes()).containsOnlyKeys("SentTimestamp");
        Message bare = sqs.<ReceiveMessageResult>call(new ReceiveMessageRequest().queueUrl(queue))
                .messages()
                .getFirst();
        assertThat(bare.hasMessageAttributes()).isFalse();
        assertThat(bare.hasAttributes()).isFalse();
        assertThat(bare.md5OfMessageAttributes()).isEmpty();
    }

    @Test
    void theTraceHeaderIsASystemAttribute() {
        SendMessageResult sent = sqs.call(new SendMessageRequest()
                .queueUrl(queue)
                .messageBody("hello")
                .messageSystemAttributes(Map.of(
                        "AWSTraceHeader",
                        new MessageSystemAttributeValue().dataType("String").stringValue("Root=1"))));

        assertThat(sent.md5OfMessageSystemAttributes()).isPresent();
        assertThat(sqs.receive(queue).getFirst().attributes()).containsEntry("AWSTraceHeader", "Root=1");
    }

    @Test
    void attributesCountTowardsTheSize() {
        sqs.set(queue, "MaximumMessageSize", "1024");
        var request = new SendMessageRequest()
                .queueUrl(queue)
                .messageAttributes(Map.of(
                        "n", new MessageAttributeValue().dataType("String").stringValue("v")));

        sqs.call(request.messageBody("a".repeat(1016)));
        assertThat(Refused.by(() -> sqs.call(request.messageBody("a".repeat(1017))))
                        .message())
                .isEqualTo("One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.");
    }

    @Test
    void visibilityEndsTwelveHoursAfterTheReceive() {
        sqs.send(queue, "one");
        Message message = sqs.receive(queue).getFirst();
        sqs.passSeconds(10);

        assertThat(Refused.by(() -> sqs.hide(queue, message, 43_191)))
                .isEqualTo(new Refused(
                        "InvalidParameterValue",
                        "Value 43191 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the"
                                + " message is beyond the limit [43200 seconds]."));
        sqs.hide(queue, message, 43_190);
    }

    @Test
    void theVisibilityOfAMessageThatIsNotInFlightCannotBeChanged() {
        sqs.send(queue, "one");
        Message message = sqs.receive(queue).getFirst();
        String handle = SqsUnderTest.handle(message);
        sqs.passSeconds(30);

        assertThat(Refused.by(() -> sqs.hide(queue, message, 5)))
                .isEqualTo(new Refused(
                        "InvalidParameterValue",
                        "Value " + handle + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or"
                                + " is not available for visibility timeout change."));
    }

    @Test
    void aHandleIsOfItsOwnQueueOnly() {
        String other = sqs.create("others");
        sqs.send(queue, "one");
        Message message = sqs.receive(queue).getFirst();

        assertThat(Refused.by(() -> sqs.delete(other, message)).code()).isEqualTo("ReceiptHandleIsInvalid");
    }

    @Test
    void usageIsMeteredByTheChunk() {
        sqs.send(queue, "a".repeat(65_537));
        sqs.receive(queue);

        assertThat(sqs.world().meter().readings())
                .containsEntry(new Meter.Usage(SqsUnderTest.ACCOUNT, SqsUnderTest.REGION, "sqs", "Requests-Tier1"), 4L);
    }

    @Test
    void otherServicesDeliverByArn() {
        sqs.deliver("orders", "from elsewhere", Map.of("color", "red"));

        Message received = sqs.receive(queue).getFirst();

        assertThat(received.body()).contains("from elsewhere");
        assertThat(received.messageAttributes()).containsKey("color");
    }
}
