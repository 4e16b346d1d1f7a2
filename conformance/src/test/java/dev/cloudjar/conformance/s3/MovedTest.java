package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.IntelligentTieringAccessTier;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Queues hear of what becomes of objects by itself: they move to colder classes and tiers, and copies of
/// archived ones end.
@OnCloud(alone = true)
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class MovedTest {
    private final TestCloud cloud;
    private final S3Client s3;
    private final SqsClient sqs;

    MovedTest(TestCloud cloud, S3Client s3, SqsClient sqs) {
        this.cloud = cloud;
        this.s3 = s3;
        this.sqs = sqs;
    }

    /// A bucket of this name, and a queue that hears of these events of its objects.
    private String told(String name, Event... events) {
        String bucket = name + "-" + cloud.account();
        s3.createBucket(b -> b.bucket(bucket).objectOwnership(ObjectOwnership.OBJECT_WRITER));
        String policy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
                 "Principal": {"Service": "s3.amazonaws.com"}, "Resource": "*"}]}""";
        sqs.createQueue(q -> q.queueName(name).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        String arn = "arn:aws:sqs:us-east-1:" + cloud.account() + ":" + name;
        s3.putBucketNotificationConfiguration(p -> p.bucket(bucket)
                .notificationConfiguration(
                        c -> c.queueConfigurations(q -> q.queueArn(arn).events(events))));
        return bucket;
    }

    private List<String> heard(String name) {
        String queue = sqs.getQueueUrl(q -> q.queueName(name)).queueUrl();
        return sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(5)).messages().stream()
                .map(Message::body)
                .filter(body -> !body.contains("s3:TestEvent"))
                .toList();
    }

    private void put(String bucket, String key, StorageClass storageClass, int size) {
        s3.putObject(p -> p.bucket(bucket).key(key).storageClass(storageClass), RequestBody.fromBytes(new byte[size]));
    }

    @Test
    void anObjectThatNobodyReadsIsHeardToMoveToAnArchiveTier() {
        String bucket = told("tiers", Event.S3_INTELLIGENT_TIERING);
        heard("tiers");
        s3.putBucketIntelligentTieringConfiguration(p -> p.bucket(bucket)
                .id("cold")
                .intelligentTieringConfiguration(i -> i.id("cold")
                        .status("Enabled")
                        .tierings(t -> t.accessTier(IntelligentTieringAccessTier.ARCHIVE_ACCESS)
                                .days(90))));
        put(bucket, "large", StorageClass.INTELLIGENT_TIERING, 128 << 10);
        put(bucket, "small", StorageClass.INTELLIGENT_TIERING, 1);
        cloud.advance(Duration.ofDays(89));
        cloud.advance(Duration.ofDays(2));

        assertThat(heard("tiers"))
                .singleElement()
                .asString()
                .contains("\"eventName\":\"IntelligentTiering\"")
                .contains("\"eventVersion\":\"2.3\"")
                .contains("\"key\":\"large\"")
                .contains("\"intelligentTieringEventData\":{\"destinationAccessTier\":\"ARCHIVE_ACCESS\"}");
    }

    @Test
    void aTransitionIsHeardOfWithItsDestination() {
        String bucket = told("moves", Event.S3_LIFECYCLE_TRANSITION);
        heard("moves");
        s3.putBucketLifecycleConfiguration(p -> p.bucket(bucket)
                .lifecycleConfiguration(l -> l.rules(r -> r.id("cool")
                        .status("Enabled")
                        .filter(f -> f.prefix(""))
                        .transitions(t -> t.days(30).storageClass(TransitionStorageClass.STANDARD_IA)))));
        put(bucket, "key", StorageClass.STANDARD, 200_000);
        cloud.advance(Duration.ofDays(32));

        assertThat(heard("moves"))
                .singleElement()
                .asString()
                .contains("\"eventName\":\"LifecycleTransition\"")
                .contains("\"transitionEventData\":{\"destinationStorageClass\":\"STANDARD_IA\"}");
    }

    @Test
    void aRestoredCopyIsHeardToComeAndToEnd() {
        String bucket = told("copies", Event.S3_OBJECT_RESTORE);
        heard("copies");
        put(bucket, "cold", StorageClass.GLACIER, 1);
        s3.restoreObject(r -> r.bucket(bucket).key("cold").restoreRequest(q -> q.days(1)));
        assertThat(heard("copies"))
                .hasSize(2)
                .anyMatch(body -> body.contains("\"ObjectRestore:Post\""))
                .anyMatch(body -> body.contains("\"ObjectRestore:Completed\"")
                        && body.contains("\"lifecycleRestoreStorageClass\":\"GLACIER\""));
        cloud.advance(Duration.ofDays(3));

        assertThat(heard("copies")).anyMatch(body -> body.contains("\"ObjectRestore:Delete\""));
    }

    @Test
    void aNewAccessControlListIsHeardOf() {
        String bucket = told("lists", Event.S3_OBJECT_ACL_PUT);
        heard("lists");
        put(bucket, "key", StorageClass.STANDARD, 1);
        s3.putObjectAcl(a -> a.bucket(bucket).key("key").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL));

        assertThat(heard("lists")).singleElement().asString().contains("\"eventName\":\"ObjectAcl:Put\"");
    }
}
