package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.OneEdit.FIFO;
import static dev.cloudjar.services.sqs.OneEdit.QUEUE;
import static dev.cloudjar.services.sqs.OneEdit.invalid;
import static dev.cloudjar.services.sqs.OneEdit.missing;
import static dev.cloudjar.services.sqs.OneEdit.tests;

import dev.cloudjar.api.Sqs.DeleteMessageRequest;
import dev.cloudjar.api.Sqs.MessageAttributeValue;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.api.Sqs.SendMessageRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What AWS refuses of messages and receives, with its codes and its wording.
class MessageRefusalTest {
    private static final String WRONG_TYPE =
            " is invalid. Reason: The request include parameter that is not valid for this queue type.";

    @TestFactory
    Stream<DynamicTest> bodies() {
        String size = "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.";
        return tests(
                missing(send("a"), new SendMessageRequest().queueUrl(QUEUE), "MessageBody"),
                missing(send("a"), send(""), "MessageBody"),
                invalid(send("a".repeat(1_048_576)), send("a".repeat(1_048_577)), size),
                invalid(send("é".repeat(524_288)), send("é".repeat(524_289)), size),
                character("😀", "\ud83d", "D83D"),
                character("\t", "\u0007", "7"),
                character("\ufffd", "\ufffe", "FFFE"));
    }

    private static OneEdit character(String right, String wrong, String hex) {
        String message = "Invalid binary character '#x" + hex + "' was found in the message body, the set of allowed"
                + " characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]";
        return OneEdit.of(send(right), send(wrong), "InvalidMessageContents", message);
    }

    @TestFactory
    Stream<DynamicTest> parameters() {
        String delay = "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.";
        String group = "Value g 1 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include"
                + " alphanumeric and punctuation characters. 1 to 128 in length.";
        String id = "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided"
                + " explicitly";
        return tests(
                invalid(send("a").delaySeconds(900), send("a").delaySeconds(901), delay),
                invalid(send("a").messageGroupId("g-1"), send("a").messageGroupId("g 1"), group),
                invalid(
                        send("a").messageGroupId("g"),
                        send("a").messageDeduplicationId("d"),
                        "Value d for parameter MessageDeduplicationId" + WRONG_TYPE),
                missing(fifo("g", "d"), fifo().messageDeduplicationId("d"), "MessageGroupId"),
                invalid(fifo("g", "d"), fifo().messageGroupId("g"), id),
                invalid(
                        fifo("g", "d").delaySeconds(0),
                        fifo("g", "d").delaySeconds(1),
                        "Value 1 for parameter DelaySeconds" + WRONG_TYPE));
    }

    @TestFactory
    Stream<DynamicTest> attributes() {
        var right = with("a", "String", "x");
        String type = "The type of message (user) attribute 'a' is invalid. You must use only the following supported"
                + " type prefixes: Binary, Number, String.";
        String none = "The message attribute 'a' must contain non-empty message attribute type.";
        String empty = "Message (user) attribute 'a' must contain a non-empty value of type 'String'.";
        String number = "Can't cast the value of message (user) attribute 'a' to a number.";
        String reserved = "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are"
                + " reserved for internal use.";
        String many = "Number of message attributes [11] exceeds the allowed maximum [10].";
        return tests(
                invalid(right, with("a", "string", "x"), type),
                invalid(right, with("a", "", "x"), none),
                invalid(right, with("a", "String", ""), empty),
                invalid(with("a", "Number.int", "1e3"), with("a", "Number.int", "x"), number),
                invalid(right, with("AWS.a", "String", "x"), reserved),
                invalid(with(10), with(11), many));
    }

    @TestFactory
    Stream<DynamicTest> receives() {
        String most = " for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.";
        String wait = "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.";
        String hidden =
                "Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if"
                        + " provided.";
        return tests(
                invalid(receive().maxNumberOfMessages(10), receive().maxNumberOfMessages(11), "Value 11" + most),
                invalid(receive().maxNumberOfMessages(1), receive().maxNumberOfMessages(0), "Value 0" + most),
                invalid(receive().waitTimeSeconds(0), receive().waitTimeSeconds(21), wait),
                invalid(receive().visibilityTimeout(43200), receive().visibilityTimeout(43201), hidden),
                invalid(
                        receive().queueUrl(FIFO).receiveRequestAttemptId("r"),
                        receive().receiveRequestAttemptId("r"),
                        "Value r for parameter ReceiveRequestAttemptId" + WRONG_TYPE),
                OneEdit.of(
                        receive().attributeNames(List.of("SenderId")),
                        receive().attributeNames(List.of("Sender")),
                        "InvalidAttributeName",
                        "Unknown Attribute Sender."),
                OneEdit.of(
                        receive(),
                        new DeleteMessageRequest().queueUrl(QUEUE).receiptHandle("fake"),
                        "ReceiptHandleIsInvalid",
                        "The input receipt handle \"fake\" is not a valid receipt handle."));
    }

    private static SendMessageRequest send(String body) {
        return new SendMessageRequest().queueUrl(QUEUE).messageBody(body);
    }

    private static SendMessageRequest fifo() {
        return send("a").queueUrl(FIFO);
    }

    private static SendMessageRequest fifo(String group, String id) {
        return fifo().messageGroupId(group).messageDeduplicationId(id);
    }

    private static ReceiveMessageRequest receive() {
        return new ReceiveMessageRequest().queueUrl(QUEUE);
    }

    private static SendMessageRequest with(String name, String type, String value) {
        var attribute = new MessageAttributeValue().dataType(type).stringValue(value);
        return send("a").messageAttributes(Map.of(name, attribute));
    }

    private static SendMessageRequest with(int count) {
        var attribute = new MessageAttributeValue().dataType("String").stringValue("x");
        return send("a")
                .messageAttributes(
                        IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "a" + i, _ -> attribute)));
    }
}
