package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeNameException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// Queues are created, found, listed, described, tagged, emptied and deleted.
@OnCloud
@Tag("acceptance")
class QueueTest {
    private final SqsClient sqs;
    private final Queues queues;

    QueueTest(TestCloud cloud, SqsClient sqs) {
        this.sqs = sqs;
        this.queues = new Queues(cloud, sqs);
    }

    @Test
    void aQueueIsFoundByItsName() {
        String url = queues.create("found");

        assertThat(sqs.getQueueUrl(q -> q.queueName("found")).queueUrl()).isEqualTo(url);
        assertThatThrownBy(() -> sqs.getQueueUrl(q -> q.queueName("lost")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void creatingAQueueAgainAnswersTheSameQueue() {
        Map<QueueAttributeName, String> attributes = Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "45");
        String url = queues.create("again", attributes);

        assertThat(queues.create("again", attributes)).isEqualTo(url);
        assertThat(queues.create("again")).isEqualTo(url);
    }

    @Test
    void creatingAQueueAgainWithOtherAttributesIsRefused() {
        queues.create("other", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "45"));

        assertThatThrownBy(() -> queues.create("other", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "46")))
                .isInstanceOf(QueueNameExistsException.class);
    }

    @Test
    void aNameMayHaveOnlyCertainCharacters() {
        queues.create("good-name_1");

        assertThatThrownBy(() -> queues.create("bad name")).isInstanceOf(SqsException.class);
        assertThatThrownBy(() -> queues.create("x".repeat(81))).isInstanceOf(SqsException.class);
        queues.create("x".repeat(80));
    }

    @Test
    void aQueueHasTheDefaultsOfAws() {
        String url = queues.create("defaults");

        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                        q -> q.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        assertThat(attributes)
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30")
                .containsEntry(QueueAttributeName.DELAY_SECONDS, "0")
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
                .containsEntry(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576")
                .containsEntry(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
                .containsEntry(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true");
    }

    @Test
    void attributesChangeAndAreReadBack() {
        String url = queues.create("changing");

        sqs.setQueueAttributes(q -> q.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT, "0",
                        QueueAttributeName.DELAY_SECONDS, "900",
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60",
                        QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "20")));

        assertThat(queues.attribute(url, QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("0");
        assertThat(queues.attribute(url, QueueAttributeName.DELAY_SECONDS)).isEqualTo("900");
        assertThat(queues.attribute(url, QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                .isEqualTo("60");
        assertThat(queues.attribute(url, QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS))
                .isEqualTo("20");
    }

    @Test
    void attributesHaveRanges() {
        queues.create("inside", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "43200"));

        assertThatThrownBy(() -> queues.create("outside", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "43201")))
                .isInstanceOf(InvalidAttributeValueException.class);
        assertThatThrownBy(() -> queues.create("outside", Map.of(QueueAttributeName.DELAY_SECONDS, "901")))
                .isInstanceOf(InvalidAttributeValueException.class);
        assertThatThrownBy(() -> queues.create("outside", Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "59")))
                .isInstanceOf(InvalidAttributeValueException.class);
    }

    @Test
    void anAttributeThatDoesNotExistIsRefused() {
        String url = queues.create("attributes");

        assertThatThrownBy(() -> sqs.getQueueAttributes(q -> q.queueUrl(url).attributeNamesWithStrings("Nonsense")))
                .isInstanceOf(InvalidAttributeNameException.class);
    }

    @Test
    void queuesAreListedByPrefixAndPage() {
        IntStream.range(0, 5).forEach(i -> queues.create("page-" + i));
        queues.create("leaf");

        assertThat(sqs.listQueues(q -> q.queueNamePrefix("page-")).queueUrls())
                .hasSize(5)
                .allMatch(url -> url.contains("/page-"));
        assertThat(sqs.listQueuesPaginator(q -> q.queueNamePrefix("page-").maxResults(2))
                        .queueUrls())
                .extracting(url -> url.substring(url.lastIndexOf('/') + 1))
                .containsExactlyInAnyOrder("page-0", "page-1", "page-2", "page-3", "page-4");
    }

    @Test
    void aDeletedQueueIsGone() {
        String url = queues.create("gone");

        sqs.deleteQueue(q -> q.queueUrl(url));

        assertThatThrownBy(() -> queues.send(url, "late")).isInstanceOf(QueueDoesNotExistException.class);
        assertThat(sqs.listQueues(q -> q.queueNamePrefix("gone")).queueUrls()).isEmpty();
        queues.create("gone");
    }

    @Test
    void aPurgedQueueIsEmpty() {
        String url = queues.create("purged");
        queues.send(url, "a", "b", "c");
        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("3");

        sqs.purgeQueue(q -> q.queueUrl(url));

        assertThat(queues.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("0");
        assertThat(queues.bodies(url)).isEmpty();
    }

    @Test
    void tagsAreKeptAndTakenOff() {
        String url = sqs.createQueue(q -> q.queueName("tagged").tags(Map.of("team", "a")))
                .queueUrl();

        sqs.tagQueue(q -> q.queueUrl(url).tags(Map.of("stage", "test", "owner", "me")));
        sqs.untagQueue(q -> q.queueUrl(url).tagKeys("owner"));

        assertThat(sqs.listQueueTags(q -> q.queueUrl(url)).tags()).isEqualTo(Map.of("team", "a", "stage", "test"));
    }

    @Test
    void accountsDoNotSeeEachOthersQueues() {
        String url = queues.create("private");
        String foreign = url.replaceAll("/\\d{12}/", "/999999999998/");

        assertThatThrownBy(() -> queues.send(foreign, "in")).isInstanceOf(SqsException.class);
        queues.send(url, "in");
    }

    @Test
    void permissionsBecomeAPolicy() {
        String url = queues.create("shared");

        sqs.addPermission(p ->
                p.queueUrl(url).label("friends").awsAccountIds("111122223333").actions("SendMessage"));
        assertThat(queues.attribute(url, QueueAttributeName.POLICY))
                .contains("friends", "111122223333", "SQS:SendMessage", queues.arn(url));

        sqs.removePermission(p -> p.queueUrl(url).label("friends"));
        assertThat(queues.attribute(url, QueueAttributeName.POLICY)).doesNotContain("friends");
    }
}
