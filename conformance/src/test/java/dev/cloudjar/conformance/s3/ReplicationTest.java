package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Destination;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Replication is done in the name of a role, which has to be allowed what it does.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class ReplicationTest {
    private static final String READING = "s3:GetReplicationConfiguration\", \"s3:GetObjectVersionForReplication\","
            + " \"s3:GetObjectVersionAcl\", \"s3:GetObjectVersionTagging";

    private final TestCloud cloud;
    private final S3Client s3;
    private final IamClient iam;
    private final String from;
    private final String to;

    ReplicationTest(TestCloud cloud, S3Client s3) {
        this.cloud = cloud;
        this.s3 = s3;
        this.iam = Clients.iam(cloud);
        this.from = "from-" + cloud.account();
        this.to = "to-" + cloud.account();
    }

    @Test
    void aRoleCopiesWhatItMayAndFailsAtTheRest(SqsClient sqs) throws IOException {
        for (String bucket : List.of(from, to)) {
            s3.createBucket(b -> b.bucket(bucket));
            s3.putBucketVersioning(v -> v.bucket(bucket).versioningConfiguration(c -> c.status("Enabled")));
        }
        String queue = queue(sqs);
        replicate();

        assertThat(failure(sqs, queue, "nobody", "")).isEqualTo("AssumeRoleNotPermitted");
        iam.createRole(r -> r.roleName("copier").assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                 "Principal": {"Service": "s3.amazonaws.com"}}]}"""));
        assertThat(failure(sqs, queue, "unread", "")).isEqualTo("SrcGetReplicationNotPermitted");
        allow("s3:GetReplicationConfiguration");
        assertThat(failure(sqs, queue, "unseen", "")).isEqualTo("SrcGetObjectNotPermitted");
        allow(READING);
        assertThat(failure(sqs, queue, "unwritten", "")).isEqualTo("DstPutObjectNotPermitted");
        allow(READING + "\", \"s3:ReplicateObject");
        assertThat(failure(sqs, queue, "untagged", "a=b")).isEqualTo("DstPutTaggingNotPermitted");

        s3.putObject(p -> p.bucket(from).key("copied"), RequestBody.fromString("bytes"));
        s3.waiter()
                .waitUntilObjectExists(
                        h -> h.bucket(to).key("copied"),
                        w -> w.maxAttempts(300)
                                .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(50))));
        assertThat(s3.headObject(h -> h.bucket(to).key("copied")).replicationStatusAsString())
                .isEqualTo("REPLICA");
        assertThat(s3.headObject(h -> h.bucket(from).key("copied")).replicationStatusAsString())
                .isEqualTo("COMPLETED");
        assertThat(s3.listObjectsV2(l -> l.bucket(to)).contents())
                .singleElement()
                .returns("copied", o -> o.key());
    }

    private void replicate() {
        var destination = Destination.builder().bucket("arn:aws:s3:::" + to).metrics(m -> m.status("Enabled"));
        var rule = ReplicationRule.builder()
                .destination(destination.build())
                .deleteMarkerReplication(d -> d.status("Disabled"))
                .filter(f -> f.prefix(""))
                .priority(1)
                .status("Enabled")
                .build();
        String role = "arn:aws:iam::" + cloud.account() + ":role/copier";
        s3.putBucketReplication(
                r -> r.bucket(from).replicationConfiguration(c -> c.rules(rule).role(role)));
    }

    private void allow(String actions) {
        iam.putRolePolicy(p -> p.roleName("copier").policyName("copy").policyDocument("""
                {"Version": "2012-10-17", "Statement": [
                 {"Effect": "Allow", "Action": ["%s"], "Resource": "*"}]}""".formatted(actions)));
    }

    /// Why the new object `key` could not be copied, as the bucket's events tell it.
    private String failure(SqsClient sqs, String queue, String key, String tags) throws IOException {
        s3.putObject(p -> p.bucket(from).key(key).tagging(tags), RequestBody.fromString("bytes"));
        JsonNode event = new ObjectMapper().readTree(receive(sqs, queue)).at("/Records/0");
        assertThat(event.at("/s3/object/key").asText()).isEqualTo(key);
        assertThat(s3.headObject(h -> h.bucket(from).key(key)).replicationStatusAsString())
                .isEqualTo("FAILED");
        return event.at("/replicationEventData/failureReason").asText();
    }

    private String queue(SqsClient sqs) {
        String arn = "arn:aws:sqs:us-east-1:" + cloud.account() + ":copies";
        String queue = sqs.createQueue(
                        q -> q.queueName("copies").attributes(Map.of(QueueAttributeName.POLICY, """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
                 "Principal": {"Service": "s3.amazonaws.com"}, "Resource": "%s"}]}""".formatted(arn))))
                .queueUrl();
        s3.putBucketNotificationConfiguration(n -> n.bucket(from)
                .notificationConfiguration(
                        c -> c.queueConfigurations(q -> q.queueArn(arn).eventsWithStrings("s3:Replication:*"))));
        assertThat(receive(sqs, queue)).contains("s3:TestEvent");
        return queue;
    }

    /// The next message, which is not seen again.
    private static String receive(SqsClient sqs, String queue) {
        var message = sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20))
                .messages()
                .getFirst();
        sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
        return message.body();
    }
}
