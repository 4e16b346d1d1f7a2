package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.BatchResultErrorEntry;
import dev.cloudjar.api.Sqs.ChangeMessageVisibilityBatchRequest;
import dev.cloudjar.api.Sqs.ChangeMessageVisibilityBatchRequestEntry;
import dev.cloudjar.api.Sqs.ChangeMessageVisibilityBatchResult;
import dev.cloudjar.api.Sqs.DeleteMessageBatchRequest;
import dev.cloudjar.api.Sqs.DeleteMessageBatchRequestEntry;
import dev.cloudjar.api.Sqs.DeleteMessageBatchResult;
import dev.cloudjar.api.Sqs.MessageAttributeValue;
import dev.cloudjar.api.Sqs.SendMessageBatchRequest;
import dev.cloudjar.api.Sqs.SendMessageBatchRequestEntry;
import dev.cloudjar.api.Sqs.SendMessageBatchResult;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Batches of up to ten entries, of which some may fail.
class BatchTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    @Test
    void tenMessagesAreSentInOneCall() {
        SendMessageBatchResult result = send(entries(10));

        assertThat(result.successful()).hasSize(10);
        assertThat(result.failed()).isEmpty();
        assertThat(sqs.bodies(queue)).hasSize(10);
    }

    @Test
    void aWrongEntryFailsAloneAndSaysWhy() {
        SendMessageBatchResult result =
                send(List.of(entry("a", "good"), entry("b", "bad").delaySeconds(901), entry("c", "good")));

        assertThat(result.successful()).extracting(e -> e.id()).containsExactly("a", "c");
        BatchResultErrorEntry failed = result.failed().getFirst();
        assertThat(failed.id()).isEqualTo("b");
        assertThat(failed.code()).isEqualTo("InvalidParameterValue");
        assertThat(failed.senderFault()).isTrue();
        assertThat(failed.message()).hasValueSatisfying(text -> assertThat(text).contains("DelaySeconds"));
    }

    @Test
    void anEntryWithAWrongAttributeFailsAlone() {
        var wrong = new MessageAttributeValue().dataType("Text").stringValue("x");

        SendMessageBatchResult result =
                send(List.of(entry("a", "good"), entry("b", "bad").messageAttributes(Map.of("color", wrong))));

        assertThat(result.successful()).extracting(e -> e.id()).containsExactly("a");
        assertThat(result.failed()).extracting(e -> e.id()).containsExactly("b");
    }

    @Test
    void aBatchIsRefusedAsAWhole() {
        String prefix = "AWS.SimpleQueueService.";
        assertThat(Refused.by(() -> send(List.of())))
                .isEqualTo(new Refused(
                        prefix + "EmptyBatchRequest",
                        "There should be at least one SendMessageBatchRequestEntry in the request."));
        assertThat(Refused.by(() -> send(entries(11))))
                .isEqualTo(new Refused(
                        prefix + "TooManyEntriesInBatchRequest",
                        "Maximum number of entries per request are 10. You have sent 11."));
        assertThat(Refused.by(() -> send(List.of(entry("a", "x"), entry("a", "y")))))
                .isEqualTo(new Refused(prefix + "BatchEntryIdsNotDistinct", "Id a repeated."));
        assertThat(Refused.by(() -> send(List.of(entry("a b", "x")))))
                .isEqualTo(new Refused(
                        prefix + "InvalidBatchEntryId",
                        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be"
                                + " at most 80 letters long."));
        assertThat(Refused.by(() -> send(List.of(entry("a", "x".repeat(524_288)), entry("b", "x".repeat(524_289))))))
                .isEqualTo(new Refused(
                        prefix + "BatchRequestTooLong",
                        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes."));
        assertThat(Refused.by(() -> send(List.of(new SendMessageBatchRequestEntry().id("a")))))
                .isEqualTo(new Refused(
                        "MissingParameter",
                        "The request must contain the parameter SendMessageBatchRequestEntry.1.MessageBody."));
        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
    }

    @Test
    void messagesAreDeletedInOneCall() {
        send(entries(3));
        var handles = sqs.receive(queue).stream().map(SqsUnderTest::handle).toList();
        var entries = IntStream.range(0, 3)
                .mapToObj(i -> new DeleteMessageBatchRequestEntry()
                        .id("d" + i)
                        .receiptHandle(i == 1 ? "fake" : handles.get(i)))
                .toList();

        DeleteMessageBatchResult result =
                sqs.call(new DeleteMessageBatchRequest().queueUrl(queue).entries(entries));

        assertThat(result.successful()).extracting(e -> e.id()).containsExactly("d0", "d2");
        assertThat(result.failed()).extracting(e -> e.code()).containsExactly("ReceiptHandleIsInvalid");
        assertThat(sqs.counts(queue)).containsExactly(0, 1, 0);
    }

    @Test
    void messagesAreHiddenInOneCall() {
        send(entries(2));
        var handles = sqs.receive(queue).stream().map(SqsUnderTest::handle).toList();
        var entries = IntStream.range(0, 2)
                .mapToObj(i -> new ChangeMessageVisibilityBatchRequestEntry()
                        .id("c" + i)
                        .receiptHandle(handles.get(i))
                        .visibilityTimeout(0))
                .toList();

        ChangeMessageVisibilityBatchResult result = sqs.call(
                new ChangeMessageVisibilityBatchRequest().queueUrl(queue).entries(entries));

        assertThat(result.successful()).hasSize(2);
        assertThat(sqs.counts(queue)).containsExactly(2, 0, 0);
    }

    private SendMessageBatchResult send(List<SendMessageBatchRequestEntry> entries) {
        return sqs.call(new SendMessageBatchRequest().queueUrl(queue).entries(entries));
    }

    private static List<SendMessageBatchRequestEntry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> entry("e" + i, "m" + i)).toList();
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return new SendMessageBatchRequestEntry().id(id).messageBody(body);
    }
}
