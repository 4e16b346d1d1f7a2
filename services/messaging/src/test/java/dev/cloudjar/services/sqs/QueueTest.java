package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.api.Sqs.DeleteQueueRequest;
import dev.cloudjar.api.Sqs.GetQueueUrlRequest;
import dev.cloudjar.api.Sqs.GetQueueUrlResult;
import dev.cloudjar.api.Sqs.ListQueuesRequest;
import dev.cloudjar.api.Sqs.ListQueuesResult;
import dev.cloudjar.api.Sqs.PurgeQueueRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Queues are created, found, changed, listed, tagged, purged and deleted.
class QueueTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    @Test
    void aNewStandardQueueHasTheDefaultsOfAws() {
        String now = Long.toString(sqs.now().getEpochSecond());

        assertThat(sqs.attributes(queue))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("QueueArn", sqs.arn("orders")),
                        Map.entry("DelaySeconds", "0"),
                        Map.entry("MaximumMessageSize", "1048576"),
                        Map.entry("MessageRetentionPeriod", "345600"),
                        Map.entry("ReceiveMessageWaitTimeSeconds", "0"),
                        Map.entry("VisibilityTimeout", "30"),
                        Map.entry("SqsManagedSseEnabled", "true"),
                        Map.entry("CreatedTimestamp", now),
                        Map.entry("LastModifiedTimestamp", now),
                        Map.entry("ApproximateNumberOfMessages", "0"),
                        Map.entry("ApproximateNumberOfMessagesNotVisible", "0"),
                        Map.entry("ApproximateNumberOfMessagesDelayed", "0")));
    }

    @Test
    void aNewFifoQueueHasFourMore() {
        assertThat(sqs.attributes(sqs.createFifo("orders.fifo", Map.of())))
                .containsEntry("FifoQueue", "true")
                .containsEntry("ContentBasedDeduplication", "false")
                .containsEntry("DeduplicationScope", "queue")
                .containsEntry("FifoThroughputLimit", "perQueue");
    }

    @Test
    void onlyTheAttributesAskedForAreTold() {
        var request = new Sqs.GetQueueAttributesRequest().queueUrl(queue);

        assertThat(sqs.<Sqs.GetQueueAttributesResult>call(request).attributes()).isEmpty();
        assertThat(sqs.<Sqs.GetQueueAttributesResult>call(request.attributeNames(List.of("DelaySeconds", "FifoQueue")))
                        .attributes())
                .containsExactly(Map.entry("DelaySeconds", "0"));
    }

    @Test
    void creatingAQueueAgainAnswersTheSameUrl() {
        sqs.set(queue, "DelaySeconds", "5");

        assertThat(sqs.create("orders")).isEqualTo(queue);
        assertThat(sqs.create("orders", Map.of("DelaySeconds", "5"))).isEqualTo(queue);
    }

    @Test
    void settingAnAttributeMovesTheTimeOfModification() {
        String created = sqs.attribute(queue, "CreatedTimestamp");
        sqs.passSeconds(10);
        sqs.set(queue, "DelaySeconds", "5");

        assertThat(sqs.attribute(queue, "CreatedTimestamp")).isEqualTo(created);
        assertThat(Long.parseLong(sqs.attribute(queue, "LastModifiedTimestamp")))
                .isEqualTo(Long.parseLong(created) + 10);
    }

    @Test
    void aKmsKeyReplacesTheKeyOfSqsAndGoesAgain() {
        sqs.set(queue, "KmsMasterKeyId", "alias/mine");
        assertThat(sqs.attributes(queue))
                .containsEntry("KmsMasterKeyId", "alias/mine")
                .containsEntry("KmsDataKeyReusePeriodSeconds", "300")
                .containsEntry("SqsManagedSseEnabled", "false");

        sqs.set(queue, "KmsMasterKeyId", "");
        assertThat(sqs.attributes(queue)).doesNotContainKeys("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds");
    }

    @Test
    void aPolicyIsKeptAsItWasGivenAndMayBeTakenAway() {
        String policy = "{ \"Version\" : \"2012-10-17\", \"Statement\" : [ ] }";
        sqs.set(queue, "Policy", policy);
        assertThat(sqs.attribute(queue, "Policy")).isEqualTo(policy);

        sqs.set(queue, "Policy", "");
        assertThat(sqs.attributes(queue)).doesNotContainKey("Policy");
    }

    @Test
    void queuesAreListedByPrefix() {
        String bills = sqs.create("bills");

        assertThat(list(new ListQueuesRequest()).queueUrls()).containsExactly(bills, queue);
        assertThat(list(new ListQueuesRequest().queueNamePrefix("b")).queueUrls())
                .containsExactly(bills);
    }

    @Test
    void pagesTogetherAreTheWholeList() {
        String bills = sqs.create("bills");
        ListQueuesResult first = list(new ListQueuesRequest().maxResults(1));
        ListQueuesResult second = list(new ListQueuesRequest()
                .maxResults(1)
                .nextToken(first.nextToken().orElseThrow()));

        assertThat(first.queueUrls()).containsExactly(bills);
        assertThat(second.queueUrls()).containsExactly(queue);
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void tagsComeAndGo() {
        sqs.call(new Sqs.TagQueueRequest().queueUrl(queue).tags(Map.of("team", "blue", "cost", "1")));
        sqs.call(new Sqs.TagQueueRequest().queueUrl(queue).tags(Map.of("team", "red")));
        sqs.call(new Sqs.UntagQueueRequest().queueUrl(queue).tagKeys(List.of("cost")));

        assertThat(sqs.<Sqs.ListQueueTagsResult>call(new Sqs.ListQueueTagsRequest().queueUrl(queue))
                        .tags())
                .containsExactly(Map.entry("team", "red"));
    }

    @Test
    void aPurgedQueueIsEmptyAndItsRowsAreSwept() {
        sqs.send(queue, "one");
        sqs.send(queue, "two");
        sqs.receive(queue, 1);

        sqs.call(new PurgeQueueRequest().queueUrl(queue));

        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.passSeconds(60);
        assertThat(sqs.rows("sqs.SentMessage")).isZero();
        assertThat(sqs.rows("sqs.Due")).isZero();
        assertThat(sqs.rows("sqs.Flight")).isZero();
    }

    @Test
    void aHandleFromBeforeAPurgeDeletesNothing() {
        sqs.send(queue, "one");
        var message = sqs.receive(queue).getFirst();
        sqs.call(new PurgeQueueRequest().queueUrl(queue));
        sqs.send(queue, "two");

        sqs.delete(queue, message);

        assertThat(sqs.bodies(queue)).containsExactly("two");
    }

    @Test
    void aDeletedQueueIsGoneAndItsSuccessorStartsEmpty() {
        sqs.send(queue, "one");
        sqs.call(new DeleteQueueRequest().queueUrl(queue));

        assertThat(Refused.by(() -> sqs.send(queue, "two")))
                .isEqualTo(
                        new Refused("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."));
        sqs.create("orders");
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void everyFormOfUrlLeadsToTheQueue() {
        sqs.send(queue, "one");

        assertThat(List.of(
                        "orders",
                        "/111122223333/orders",
                        "111122223333/orders",
                        "https://other.example:8443/111122223333/orders",
                        "http://localhost:4566/queue/eu-central-1/111122223333/orders",
                        "http://sqs.eu-central-1.localhost.localstack.cloud:4566/111122223333/orders",
                        "https://sqs.eu-central-1.amazonaws.com/111122223333/orders",
                        "https://eu-central-1.queue.amazonaws.com/111122223333/orders",
                        "https://vpce-1a2b.sqs.eu-central-1.vpce.amazonaws.com/111122223333/orders",
                        "http://localhost:4566/orders"))
                .allSatisfy(url -> assertThat(sqs.counts(url)).containsExactly(1, 0, 0));
    }

    @Test
    void theHostOfAwsTellsTheRegion() {
        String there = sqs.as(SqsUnderTest.ACCOUNT, "us-east-1").create("legacy");

        assertThat(sqs.send("https://queue.amazonaws.com/111122223333/legacy", "one")
                        .messageId())
                .isPresent();
        assertThat(sqs.as(SqsUnderTest.ACCOUNT, "us-east-1").bodies(there)).containsExactly("one");
    }

    @Test
    void accountsAndRegionsNeverSeeEachOther() {
        var stranger = sqs.as("444455556666", SqsUnderTest.REGION);
        var abroad = sqs.as(SqsUnderTest.ACCOUNT, "us-west-2");
        sqs.send(queue, "mine");
        String theirs = stranger.create("orders");
        String far = abroad.create("orders");

        assertThat(stranger.bodies(theirs)).isEmpty();
        assertThat(abroad.bodies(far)).isEmpty();
        assertThat(stranger.<ListQueuesResult>call(new ListQueuesRequest()).queueUrls())
                .containsExactly(theirs);
        assertThat(sqs.bodies(queue)).containsExactly("mine");
    }

    @Test
    void aQueueOfAnotherAccountIsFoundByItsOwner() {
        var result = sqs.as("444455556666", SqsUnderTest.REGION)
                .<GetQueueUrlResult>call(
                        new GetQueueUrlRequest().queueName("orders").queueOwnerAwsAccountId(SqsUnderTest.ACCOUNT));

        assertThat(result.queueUrl()).contains(queue);
    }

    @Test
    void withRealisticDelaysANameRestsForAMinute() {
        try (var real = SqsUnderTest.withRealisticDelays()) {
            String url = real.create("orders");
            real.call(new DeleteQueueRequest().queueUrl(url));

            assertThat(Refused.by(() -> real.create("orders")))
                    .isEqualTo(new Refused(
                            "AWS.SimpleQueueService.QueueDeletedRecently",
                            "You must wait 60 seconds after deleting a queue before you can create another with the"
                                    + " same name."));
            real.passSeconds(60);
            assertThat(real.create("orders")).isEqualTo(url);
        }
    }

    @Test
    void withRealisticDelaysAQueueIsPurgedOnceAMinute() {
        try (var real = SqsUnderTest.withRealisticDelays()) {
            var purge = new PurgeQueueRequest().queueUrl(real.create("orders"));
            real.call(purge);

            assertThat(Refused.by(() -> real.call(purge)))
                    .isEqualTo(new Refused(
                            "AWS.SimpleQueueService.PurgeQueueInProgress",
                            "Only one PurgeQueue operation on orders is allowed every 60 seconds."));
            real.passSeconds(60);
            real.call(purge);
        }
    }

    private ListQueuesResult list(ListQueuesRequest request) {
        return sqs.call(request);
    }
}
