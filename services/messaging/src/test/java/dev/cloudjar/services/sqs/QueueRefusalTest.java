package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.OneEdit.QUEUE;
import static dev.cloudjar.services.sqs.OneEdit.invalid;
import static dev.cloudjar.services.sqs.OneEdit.missing;
import static dev.cloudjar.services.sqs.OneEdit.tests;

import dev.cloudjar.api.Sqs.CreateQueueRequest;
import dev.cloudjar.api.Sqs.GetQueueAttributesRequest;
import dev.cloudjar.api.Sqs.GetQueueUrlRequest;
import dev.cloudjar.api.Sqs.ListQueuesRequest;
import dev.cloudjar.api.Sqs.PurgeQueueRequest;
import dev.cloudjar.api.Sqs.SetQueueAttributesRequest;
import dev.cloudjar.api.Sqs.TagQueueRequest;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What AWS refuses of queues, with its codes and its wording.
class QueueRefusalTest {
    private static final String UNKNOWN = "InvalidAttributeName";
    private static final String VALUE = "InvalidAttributeValue";

    @TestFactory
    Stream<DynamicTest> names() {
        String standard = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
        String fifo = "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must"
                + " end with .fifo suffix and be 1 to 80 in length.";
        String nowhere = "The address http://localhost:4566/ is not valid for this endpoint.";
        Struct purge = new PurgeQueueRequest().queueUrl(QUEUE);
        return tests(
                invalid(create("good"), create("not good"), standard),
                invalid(create("a".repeat(80)), create("a".repeat(81)), standard),
                invalid(create("good"), create("good.fifo"), standard),
                invalid(create("good.fifo", "FifoQueue", "true"), create("good", "FifoQueue", "true"), fifo),
                missing(create("good"), new CreateQueueRequest(), "QueueName"),
                missing(create("good"), create(""), "QueueName"),
                missing(purge, new PurgeQueueRequest(), "QueueUrl"),
                OneEdit.of(
                        purge, new PurgeQueueRequest().queueUrl("http://localhost:4566/"), "InvalidAddress", nowhere),
                OneEdit.of(
                        new GetQueueUrlRequest().queueName("orders"),
                        new GetQueueUrlRequest().queueName("nowhere"),
                        "AWS.SimpleQueueService.NonExistentQueue",
                        "The specified queue does not exist."));
    }

    @TestFactory
    Stream<DynamicTest> attributes() {
        Struct good = create("good", "DelaySeconds", "1");
        var asked = new GetQueueAttributesRequest().queueUrl(QUEUE);
        String exists = "A queue already exists with the same name and a different value for attribute DelaySeconds";
        String sse =
                "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or"
                        + " SQS SSE.";
        return tests(
                OneEdit.of(good, create("bad", "FifoQueue", "false"), UNKNOWN, "Unknown Attribute FifoQueue."),
                OneEdit.of(good, create("bad", "Delay", "1"), UNKNOWN, "Unknown Attribute Delay."),
                OneEdit.of(
                        good,
                        create("bad", "ContentBasedDeduplication", "true"),
                        UNKNOWN,
                        "Unknown Attribute ContentBasedDeduplication."),
                OneEdit.of(
                        create("orders", "DelaySeconds", "0"),
                        create("orders", "DelaySeconds", "1"),
                        "QueueAlreadyExists",
                        exists),
                OneEdit.of(
                        asked.attributeNames(List.of("QueueArn")),
                        new GetQueueAttributesRequest().queueUrl(QUEUE).attributeNames(List.of("Arn")),
                        UNKNOWN,
                        "Unknown Attribute Arn."),
                OneEdit.of(
                        create("good", Map.of("KmsMasterKeyId", "k", "SqsManagedSseEnabled", "false")),
                        create("bad", Map.of("KmsMasterKeyId", "k", "SqsManagedSseEnabled", "true")),
                        UNKNOWN,
                        sse),
                OneEdit.of(
                        create("good.fifo", fifo("messageGroup")),
                        create("bad.fifo", fifo("queue")),
                        VALUE,
                        "Invalid value for the parameter FifoThroughputLimit."));
    }

    private static Map<String, String> fifo(String scope) {
        return Map.of("FifoQueue", "true", "FifoThroughputLimit", "perMessageGroupId", "DeduplicationScope", scope);
    }

    @TestFactory
    Stream<DynamicTest> values() {
        return tests(Stream.of(
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
                .map(part -> OneEdit.of(
                        set(part[0], part[1]),
                        set(part[0], part[2]),
                        VALUE,
                        "Invalid value for the parameter " + part[0] + "."))
                .toArray(OneEdit[]::new));
    }

    @TestFactory
    Stream<DynamicTest> redrivePolicies() {
        String here = "arn:aws:sqs:eu-central-1:111122223333:";
        return tests(
                redrive("five", "Redrive policy is not a valid JSON map."),
                redrive("{}", "Redrive policy does not contain mandatory attribute: maxReceiveCount."),
                redrive(
                        "{\"maxReceiveCount\":5}",
                        "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."),
                redrive(
                        policy(here + "letters", "1001"),
                        "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive."),
                redrive(policy(here + "nowhere", "5"), "Dead letter target does not exist."),
                redrive(
                        policy(here + "orders.fifo", "5"),
                        "Dead-letter queue must be same type of queue as the source."),
                redrive(
                        policy("arn:aws:sqs:eu-central-1:444455556666:letters", "5"),
                        "Dead-letter target owner should be same as the source."),
                redrive(
                        policy("arn:aws:sqs:us-east-1:111122223333:letters", "5"),
                        "Dead-letter target must be in same region as the source."));
    }

    private static OneEdit redrive(String wrong, String reason) {
        String right = policy("arn:aws:sqs:eu-central-1:111122223333:letters", "5");
        String message = "Value " + wrong + " for parameter RedrivePolicy is invalid. Reason: " + reason;
        return invalid(set("RedrivePolicy", right), set("RedrivePolicy", wrong), message);
    }

    private static String policy(String target, String receives) {
        return "{\"deadLetterTargetArn\":\"" + target + "\",\"maxReceiveCount\":\"" + receives + "\"}";
    }

    @TestFactory
    Stream<DynamicTest> listsAndTags() {
        var tag = new TagQueueRequest().queueUrl(QUEUE);
        String tooMany =
                "Value 1001 for parameter MaxResults is invalid. Reason: Must be between 1 and 1000, if provided.";
        return tests(
                invalid(new ListQueuesRequest().maxResults(1000), new ListQueuesRequest().maxResults(1001), tooMany),
                invalid(
                        new ListQueuesRequest(),
                        new ListQueuesRequest().nextToken("mine"),
                        "Invalid or expired next token."),
                missing(new TagQueueRequest().queueUrl(QUEUE).tags(tags(1)), tag, "Tags"),
                invalid(
                        new TagQueueRequest().queueUrl(QUEUE).tags(tags(40)),
                        new TagQueueRequest().queueUrl(QUEUE).tags(tags(51)),
                        "Too many tags added for queue orders."));
    }

    private static Map<String, String> tags(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v" + i));
    }

    private static CreateQueueRequest create(String name) {
        return new CreateQueueRequest().queueName(name);
    }

    private static CreateQueueRequest create(String name, String attribute, String value) {
        return create(name, Map.of(attribute, value));
    }

    private static CreateQueueRequest create(String name, Map<String, String> attributes) {
        return create(name).attributes(attributes);
    }

    private static Struct set(String attribute, String value) {
        return new SetQueueAttributesRequest().queueUrl(QUEUE).attributes(Map.of(attribute, value));
    }
}
