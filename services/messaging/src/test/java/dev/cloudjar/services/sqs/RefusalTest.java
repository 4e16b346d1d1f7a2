package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.api.Sqs.CreateQueueRequest;
import dev.cloudjar.api.Sqs.MessageAttributeValue;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.api.Sqs.SendMessageRequest;
import dev.cloudjar.model.Struct;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What AWS refuses, with its codes and its wording. Each refusal is one edit away from a call that is answered in
/// the same world.
class RefusalTest {
    private static final String INVALID = "InvalidParameterValue";
    private static final String MISSING = "MissingParameter";
    private static final String ATTRIBUTE_NAME = "InvalidAttributeName";
    private static final String ATTRIBUTE_VALUE = "InvalidAttributeValue";
    private static final String WRONG_TYPE =
            " is invalid. Reason: The request include parameter that is not valid for" + " this queue type.";
    private static final String NAME =
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
    private static final String QUEUE = "http://localhost:4566/111122223333/orders";
    private static final String FIFO = "http://localhost:4566/111122223333/orders.fifo";

    /// A call that is answered, the same with one edit, and how that is refused.
    private record Case(String name, Struct right, Struct wrong, Refused refused) {}

    @TestFactory
    Stream<DynamicTest> queuesAreRefused() {
        return run(Stream.of(
                of("a name with a space", create("good"), create("not good"), INVALID, NAME),
                of("a name too long", create("a".repeat(80)), create("a".repeat(81)), INVALID, NAME),
                of("no name", create("good"), new CreateQueueRequest(), MISSING, contains("QueueName")),
                of("an empty name", create("good"), create(""), MISSING, contains("QueueName")),
                of("a suffix without the attribute", create("good"), create("good.fifo"), INVALID, NAME),
                of(
                        "the attribute without a suffix",
                        create("good.fifo", "FifoQueue", "true"),
                        create("good", "FifoQueue", "true"),
                        INVALID,
                        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores,"
                                + " must end with .fifo suffix and be 1 to 80 in length."),
                of(
                        "FifoQueue false",
                        create("good"),
                        create("good", "FifoQueue", "false"),
                        ATTRIBUTE_NAME,
                        "Unknown Attribute FifoQueue."),
                of(
                        "a FIFO attribute of a standard queue",
                        create("good"),
                        create("good", "ContentBasedDeduplication", "true"),
                        ATTRIBUTE_NAME,
                        "Unknown Attribute ContentBasedDeduplication."),
                of(
                        "an attribute that nobody knows",
                        create("good", "DelaySeconds", "1"),
                        create("good", "Delay", "1"),
                        ATTRIBUTE_NAME,
                        "Unknown Attribute Delay."),
                of(
                        "another value of an existing queue",
                        create("orders", "DelaySeconds", "0"),
                        create("orders", "DelaySeconds", "1"),
                        "QueueAlreadyExists",
                        "A queue already exists with the same name and a different value for attribute DelaySeconds"),
                of(
                        "both kinds of encryption",
                        create("good", "KmsMasterKeyId", "alias/aws/sqs"),
                        new CreateQueueRequest()
                                .queueName("bad")
                                .attributes(Map.of("KmsMasterKeyId", "k", "SqsManagedSseEnabled", "true")),
                        ATTRIBUTE_NAME,
                        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE"
                                + " or SQS SSE."),
                of(
                        "a limit by group without a scope by group",
                        new CreateQueueRequest()
                                .queueName("good.fifo")
                                .attributes(Map.of(
                                        "FifoQueue",
                                        "true",
                                        "FifoThroughputLimit",
                                        "perMessageGroupId",
                                        "DeduplicationScope",
                                        "messageGroup")),
                        new CreateQueueRequest()
                                .queueName("bad.fifo")
                                .attributes(Map.of("FifoQueue", "true", "FifoThroughputLimit", "perMessageGroupId")),
                        ATTRIBUTE_VALUE,
                        "Invalid value for the parameter FifoThroughputLimit."),
                of(
                        "a queue that is not there",
                        new Sqs.GetQueueUrlRequest().queueName("orders"),
                        new Sqs.GetQueueUrlRequest().queueName("nowhere"),
                        "AWS.SimpleQueueService.NonExistentQueue",
                        "The specified queue does not exist."),
                of(
                        "a URL that leads nowhere",
                        new Sqs.PurgeQueueRequest().queueUrl(QUEUE),
                        new Sqs.PurgeQueueRequest().queueUrl("http://localhost:4566/"),
                        "InvalidAddress",
                        "The address http://localhost:4566/ is not valid for this endpoint."),
                of(
                        "no URL",
                        new Sqs.PurgeQueueRequest().queueUrl(QUEUE),
                        new Sqs.PurgeQueueRequest(),
                        MISSING,
                        contains("QueueUrl")),
                of(
                        "an unknown attribute asked for",
                        new Sqs.GetQueueAttributesRequest()
                                .queueUrl(QUEUE)
                                .attributeNames(java.util.List.of("QueueArn")),
                        new Sqs.GetQueueAttributesRequest().queueUrl(QUEUE).attributeNames(java.util.List.of("Arn")),
                        ATTRIBUTE_NAME,
                        "Unknown Attribute Arn."),
                of(
                        "too long a list",
                        new Sqs.ListQueuesRequest().maxResults(1000),
                        new Sqs.ListQueuesRequest().maxResults(1001),
                        INVALID,
                        "Value 1001 for parameter MaxResults is invalid. Reason: Must be between 1 and 1000, if"
                                + " provided."),
                of(
                        "a token that was never given",
                        new Sqs.ListQueuesRequest().maxResults(1),
                        new Sqs.ListQueuesRequest().maxResults(1).nextToken("mine"),
                        INVALID,
                        "Invalid or expired next token."),
                of(
                        "no tags",
                        new Sqs.TagQueueRequest().queueUrl(QUEUE).tags(Map.of("a", "b")),
                        new Sqs.TagQueueRequest().queueUrl(QUEUE),
                        MISSING,
                        contains("Tags")),
                of(
                        "too many tags",
                        new Sqs.TagQueueRequest().queueUrl(QUEUE).tags(tags(40)),
                        new Sqs.TagQueueRequest().queueUrl(QUEUE).tags(tags(51)),
                        INVALID,
                        "Too many tags added for queue orders.")));
    }

    @TestFactory
    Stream<DynamicTest> valuesOfAttributesAreRefused() {
        return run(Stream.of(
                        "DelaySeconds 900 901",
                        "DelaySeconds 0 -1",
                        "DelaySeconds 5 5s",
                        "MaximumMessageSize 1024 1023",
                        "MaximumMessageSize 1048576 1048577",
                        "MessageRetentionPeriod 60 59",
                        "MessageRetentionPeriod 1209600 1209601",
                        "ReceiveMessageWaitTimeSeconds 20 21",
                        "VisibilityTimeout 43200 43201",
                        "KmsDataKeyReusePeriodSeconds 86400 86401",
                        "SqsManagedSseEnabled true yes",
                        "Policy {} {",
                        "VisibilityTimeout 1 99999999999")
                .map(line -> line.split(" "))
                .map(part -> of(
                        String.join(" ", part),
                        set(QUEUE, part[0], part[1]),
                        set(QUEUE, part[0], part[2]),
                        ATTRIBUTE_VALUE,
                        "Invalid value for the parameter " + part[0] + ".")));
    }

    @TestFactory
    Stream<DynamicTest> redrivePoliciesAreRefused() {
        String good = redrive("arn:aws:sqs:eu-central-1:111122223333:letters", "5");
        return run(Stream.of(
                        new String[] {"five", "Redrive policy is not a valid JSON map."},
                        new String[] {"{}", "Redrive policy does not contain mandatory attribute: maxReceiveCount."},
                        new String[] {
                            "{\"maxReceiveCount\":5}",
                            "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."
                        },
                        new String[] {
                            redrive("arn:aws:sqs:eu-central-1:111122223333:letters", "1001"),
                            "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive."
                        },
                        new String[] {
                            redrive("arn:aws:sqs:eu-central-1:111122223333:nowhere", "5"),
                            "Dead letter target does not exist."
                        },
                        new String[] {
                            redrive("arn:aws:sqs:eu-central-1:111122223333:orders.fifo", "5"),
                            "Dead-letter queue must be same type of queue as the source."
                        },
                        new String[] {
                            redrive("arn:aws:sqs:eu-central-1:444455556666:letters", "5"),
                            "Dead-letter target owner should be same as the source."
                        },
                        new String[] {
                            redrive("arn:aws:sqs:us-east-1:111122223333:letters", "5"),
                            "Dead-letter target must be in same region as the source."
                        })
                .map(bad -> of(
                        bad[1],
                        set(QUEUE, "RedrivePolicy", good),
                        set(QUEUE, "RedrivePolicy", bad[0]),
                        INVALID,
                        "Value " + bad[0] + " for parameter RedrivePolicy is invalid. Reason: " + bad[1])));
    }

    @TestFactory
    Stream<DynamicTest> messagesAreRefused() {
        String size = "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.";
        return run(Stream.of(
                of("no body", send("a"), new SendMessageRequest().queueUrl(QUEUE), MISSING, contains("MessageBody")),
                of("an empty body", send("a"), send(""), MISSING, contains("MessageBody")),
                of("a body too large", send("a".repeat(1_048_576)), send("a".repeat(1_048_577)), INVALID, size),
                of("too many bytes", send("é".repeat(524_288)), send("é".repeat(524_289)), INVALID, size),
                of("half a character", send("😀"), send("\ud83d"), "InvalidMessageContents", character("D83D")),
                of("a character of control", send("\t"), send("\u0007"), "InvalidMessageContents", character("7")),
                of(
                        "too long a delay",
                        send("a").delaySeconds(900),
                        send("a").delaySeconds(901),
                        INVALID,
                        "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <="
                                + " 900."),
                of(
                        "an id in a standard queue",
                        send("a").messageGroupId("g"),
                        send("a").messageDeduplicationId("d"),
                        INVALID,
                        "Value d for parameter MessageDeduplicationId" + WRONG_TYPE),
                of(
                        "a group with a space",
                        send("a").messageGroupId("g-1"),
                        send("a").messageGroupId("g 1"),
                        INVALID,
                        "Value g 1 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include"
                                + " alphanumeric and punctuation characters. 1 to 128 in length."),
                of("a FIFO message without a group", fifo(), fifo(null, "d"), MISSING, contains("MessageGroupId")),
                of(
                        "a FIFO message without an id",
                        fifo(),
                        fifo("g", null),
                        INVALID,
                        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
                                + " provided explicitly"),
                of(
                        "a delay of a FIFO message",
                        fifo().delaySeconds(0),
                        fifo().delaySeconds(1),
                        INVALID,
                        "Value 1 for parameter DelaySeconds" + WRONG_TYPE)));
    }

    @TestFactory
    Stream<DynamicTest> messageAttributesAreRefused() {
        Struct right = with("a", "String", "x");
        return run(Stream.of(
                of(
                        "an unknown type",
                        right,
                        with("a", "string", "x"),
                        INVALID,
                        "The type of message (user) attribute 'a' is invalid. You must use only the following supported"
                                + " type prefixes: Binary, Number, String."),
                of(
                        "no type",
                        right,
                        with("a", "", "x"),
                        INVALID,
                        "The message attribute 'a' must contain non-empty message attribute type."),
                of(
                        "no value",
                        right,
                        with("a", "String", ""),
                        INVALID,
                        "Message (user) attribute 'a' must contain a non-empty value of type 'String'."),
                of(
                        "a number that is none",
                        with("a", "Number.int", "1e3"),
                        with("a", "Number.int", "x"),
                        INVALID,
                        "Can't cast the value of message (user) attribute 'a' to a number."),
                of(
                        "a reserved name",
                        right,
                        with("AWS.a", "String", "x"),
                        INVALID,
                        "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are"
                                + " reserved for internal use."),
                of(
                        "too many",
                        send("a").messageAttributes(many(10)),
                        send("a").messageAttributes(many(11)),
                        INVALID,
                        "Number of message attributes [11] exceeds the allowed maximum [10].")));
    }

    @TestFactory
    Stream<DynamicTest> receivesAreRefused() {
        return run(Stream.of(
                of(
                        "too many",
                        receive().maxNumberOfMessages(10),
                        receive().maxNumberOfMessages(11),
                        INVALID,
                        "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if"
                                + " provided."),
                of(
                        "none",
                        receive().maxNumberOfMessages(1),
                        receive().maxNumberOfMessages(0),
                        INVALID,
                        "Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if"
                                + " provided."),
                of(
                        "too patient",
                        receive().waitTimeSeconds(0),
                        receive().waitTimeSeconds(21),
                        INVALID,
                        "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if"
                                + " provided."),
                of(
                        "hidden too long",
                        receive().visibilityTimeout(43200),
                        receive().visibilityTimeout(43201),
                        INVALID,
                        "Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if"
                                + " provided."),
                of(
                        "an attempt id in a standard queue",
                        new ReceiveMessageRequest().queueUrl(FIFO).receiveRequestAttemptId("r"),
                        receive().receiveRequestAttemptId("r"),
                        INVALID,
                        "Value r for parameter ReceiveRequestAttemptId" + WRONG_TYPE),
                of(
                        "an unknown attribute",
                        receive().attributeNames(java.util.List.of("SenderId")),
                        receive().attributeNames(java.util.List.of("Sender")),
                        ATTRIBUTE_NAME,
                        "Unknown Attribute Sender."),
                of(
                        "a handle that was never given",
                        receive(),
                        new Sqs.DeleteMessageRequest().queueUrl(QUEUE).receiptHandle("fake"),
                        "ReceiptHandleIsInvalid",
                        "The input receipt handle \"fake\" is not a valid receipt handle.")));
    }

    private static Stream<DynamicTest> run(Stream<Case> cases) {
        return cases.map(c -> dynamicTest(c.name(), () -> {
            try (var sqs = SqsUnderTest.fresh()) {
                sqs.create("orders");
                sqs.create("letters");
                sqs.createFifo("orders.fifo", Map.of());

                assertThatCode(() -> sqs.call(c.right())).doesNotThrowAnyException();
                assertThat(Refused.by(() -> sqs.call(c.wrong()))).isEqualTo(c.refused());
            }
        }));
    }

    private static Case of(String name, Struct right, Struct wrong, String code, String message) {
        return new Case(name, right, wrong, new Refused(code, message));
    }

    private static String contains(String parameter) {
        return "The request must contain the parameter " + parameter + ".";
    }

    private static String character(String hex) {
        return "Invalid binary character '#x" + hex
                + "' was found in the message body, the set of allowed characters is"
                + " #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]";
    }

    private static String redrive(String target, String receives) {
        return "{\"deadLetterTargetArn\":\"" + target + "\",\"maxReceiveCount\":\"" + receives + "\"}";
    }

    private static CreateQueueRequest create(String name) {
        return new CreateQueueRequest().queueName(name);
    }

    private static CreateQueueRequest create(String name, String attribute, String value) {
        return create(name).attributes(Map.of(attribute, value));
    }

    private static Struct set(String queue, String attribute, String value) {
        return new Sqs.SetQueueAttributesRequest().queueUrl(queue).attributes(Map.of(attribute, value));
    }

    private static SendMessageRequest send(String body) {
        return new SendMessageRequest().queueUrl(QUEUE).messageBody(body);
    }

    private static SendMessageRequest fifo() {
        return fifo("g", "d");
    }

    private static SendMessageRequest fifo(
            @org.jspecify.annotations.Nullable String group, @org.jspecify.annotations.Nullable String id) {
        return new SendMessageRequest()
                .queueUrl(FIFO)
                .messageBody("a")
                .messageGroupId(java.util.Optional.ofNullable(group))
                .messageDeduplicationId(java.util.Optional.ofNullable(id));
    }

    private static ReceiveMessageRequest receive() {
        return new ReceiveMessageRequest().queueUrl(QUEUE);
    }

    private static SendMessageRequest with(String name, String type, String value) {
        return send("a")
                .messageAttributes(
                        Map.of(name, new MessageAttributeValue().dataType(type).stringValue(value)));
    }

    private static Map<String, MessageAttributeValue> many(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "a" + i,
                        _ -> new MessageAttributeValue().dataType("String").stringValue("x")));
    }

    private static Map<String, String> tags(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v" + i));
    }
}
