package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Who may use a bucket, what holds its objects, and whom it tells of them.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class GuardTest {
    private final TestCloud cloud;
    private final S3Client s3;
    private final HttpClient http = HttpClient.newHttpClient();

    GuardTest(TestCloud cloud, S3Client s3) {
        this.cloud = cloud;
        this.s3 = s3;
    }

    private String create(String name) {
        String bucket = name + "-" + cloud.account();
        s3.createBucket(b -> b.bucket(bucket));
        s3.putObject(p -> p.bucket(bucket).key("key"), RequestBody.fromString("content"));
        return bucket;
    }

    private int asNobody(String bucket, String key) throws IOException, InterruptedException {
        URI uri = cloud.endpoint().resolve("/" + bucket + "/" + key);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static String policy(String bucket) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                 "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(bucket);
    }

    @Test
    void aPublicPolicyOpensABucketThatBlocksNothing() throws Exception {
        String bucket = create("public");
        assertThat(asNobody(bucket, "key")).isEqualTo(403);
        assertThat(asNobody(bucket + "-not", "key")).isEqualTo(404);
        assertThatThrownBy(() -> s3.putBucketPolicy(p -> p.bucket(bucket).policy(policy(bucket))))
                .hasMessageContaining("BlockPublicPolicy");
        assertThat(s3.getPublicAccessBlock(g -> g.bucket(bucket))
                        .publicAccessBlockConfiguration()
                        .blockPublicPolicy())
                .isTrue();

        s3.deletePublicAccessBlock(d -> d.bucket(bucket));
        s3.putBucketPolicy(p -> p.bucket(bucket).policy(policy(bucket)));
        assertThat(asNobody(bucket, "key")).isEqualTo(200);
        assertThat(s3.getBucketPolicyStatus(g -> g.bucket(bucket))
                        .policyStatus()
                        .isPublic())
                .isTrue();
        assertThat(s3.getBucketPolicy(g -> g.bucket(bucket)).policy()).isEqualTo(policy(bucket));

        s3.putPublicAccessBlock(
                p -> p.bucket(bucket).publicAccessBlockConfiguration(c -> c.restrictPublicBuckets(true)));
        assertThat(asNobody(bucket, "key")).isEqualTo(403);
        s3.deleteBucketPolicy(d -> d.bucket(bucket));
        assertThatThrownBy(() -> s3.getBucketPolicy(g -> g.bucket(bucket)))
                .hasMessageContaining("The bucket policy does not exist");
    }

    @Test
    void aPolicyOfAnotherBucketIsRefused() {
        String bucket = create("policied");
        assertThatThrownBy(() -> s3.putBucketPolicy(p -> p.bucket(bucket).policy(policy("other"))))
                .hasMessageContaining("Policy has invalid resource");
        assertThatThrownBy(() -> s3.putBucketPolicy(p -> p.bucket(bucket).policy("none")))
                .hasMessageContaining("Policies must be valid JSON and the first byte must be '{'");
    }

    @Test
    void listsMeanSomethingOnlyWhereTheOwnerIsNotEnforced() throws Exception {
        String bucket = create("listed");
        assertThatThrownBy(
                        () -> s3.putObjectAcl(a -> a.bucket(bucket).key("key").acl(ObjectCannedACL.PUBLIC_READ)))
                .hasMessageContaining("The bucket does not allow ACLs");
        s3.deletePublicAccessBlock(d -> d.bucket(bucket));
        s3.putBucketOwnershipControls(o -> o.bucket(bucket)
                .ownershipControls(c -> c.rules(List.of(OwnershipControlsRule.builder()
                        .objectOwnership(ObjectOwnership.OBJECT_WRITER)
                        .build()))));
        assertThat(s3.getBucketOwnershipControls(g -> g.bucket(bucket))
                        .ownershipControls()
                        .rules())
                .hasSize(1);
        s3.putObjectAcl(a -> a.bucket(bucket).key("key").acl(ObjectCannedACL.PUBLIC_READ));
        assertThat(asNobody(bucket, "key")).isEqualTo(200);
        assertThat(s3.getObjectAcl(g -> g.bucket(bucket).key("key")).grants()).hasSize(2);
        assertThat(asNobody(bucket, "")).isEqualTo(403);
        s3.putBucketAcl(a -> a.bucket(bucket).acl(BucketCannedACL.PUBLIC_READ));
        assertThat(asNobody(bucket, "")).isEqualTo(200);
        assertThat(s3.getBucketAcl(g -> g.bucket(bucket)).grants()).hasSize(2);
        s3.deleteBucketOwnershipControls(d -> d.bucket(bucket));
    }

    @Test
    void anotherAccountNeedsLeave() {
        String bucket = create("foreign");
        try (S3Client stranger = Clients.s3(new TestCloud(cloud.server(), "999999999999"))) {
            assertThatThrownBy(() ->
                            stranger.getObjectAsBytes(g -> g.bucket(bucket).key("key")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            s3.putBucketPolicy(
                    p -> p.bucket(bucket).policy(policy(bucket).replace("\"*\"", "{\"AWS\": \"999999999999\"}")));
            assertThat(stranger.getObjectAsBytes(g -> g.bucket(bucket).key("key"))
                            .asUtf8String())
                    .isEqualTo("content");
        }
    }

    @Test
    void lockedVersionsStay() {
        String bucket = "locked-" + cloud.account();
        s3.createBucket(b -> b.bucket(bucket).objectLockEnabledForBucket(true));
        s3.putObjectLockConfiguration(l -> l.bucket(bucket)
                .objectLockConfiguration(c -> c.objectLockEnabled("Enabled")
                        .rule(r -> r.defaultRetention(
                                d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(1)))));
        String version = s3.putObject(p -> p.bucket(bucket).key("key"), RequestBody.fromString("x"))
                .versionId();

        assertThat(s3.getObjectLockConfiguration(g -> g.bucket(bucket))
                        .objectLockConfiguration()
                        .rule())
                .isNotNull();
        var retention = s3.getObjectRetention(g -> g.bucket(bucket).key("key")).retention();
        assertThat(retention.mode()).isEqualTo(ObjectLockRetentionMode.GOVERNANCE);
        assertThatThrownBy(
                        () -> s3.deleteObject(d -> d.bucket(bucket).key("key").versionId(version)))
                .hasMessageContaining("Access Denied because object protected by object lock");
        s3.putObjectRetention(p -> p.bucket(bucket)
                .key("key")
                .retention(r -> r.mode(ObjectLockRetentionMode.GOVERNANCE)
                        .retainUntilDate(retention.retainUntilDate().plus(Duration.ofDays(1)))));
        s3.putObjectLegalHold(p -> p.bucket(bucket).key("key").legalHold(h -> h.status(ObjectLockLegalHoldStatus.ON)));
        assertThat(s3.getObjectLegalHold(g -> g.bucket(bucket).key("key"))
                        .legalHold()
                        .status())
                .isEqualTo(ObjectLockLegalHoldStatus.ON);
        assertThatThrownBy(() -> s3.deleteObject(
                        d -> d.bucket(bucket).key("key").versionId(version).bypassGovernanceRetention(true)))
                .hasMessageContaining("Access Denied");
        s3.putObjectLegalHold(p -> p.bucket(bucket).key("key").legalHold(h -> h.status(ObjectLockLegalHoldStatus.OFF)));
        s3.deleteObject(d -> d.bucket(bucket).key("key").versionId(version).bypassGovernanceRetention(true));
    }

    @Test
    void versionsAreListedAndReplicated() {
        String from = create("from");
        String to = create("to");
        for (String bucket : List.of(from, to)) {
            s3.putBucketVersioning(v -> v.bucket(bucket).versioningConfiguration(c -> c.status("Enabled")));
            assertThat(s3.getBucketVersioning(v -> v.bucket(bucket)).statusAsString())
                    .isEqualTo("Enabled");
        }
        s3.putBucketReplication(r -> r.bucket(from)
                .replicationConfiguration(c -> c.role("arn:aws:iam::" + cloud.account() + ":role/r")
                        .rules(u -> u.status("Enabled")
                                .priority(1)
                                .filter(f -> f.prefix(""))
                                .deleteMarkerReplication(d -> d.status("Disabled"))
                                .destination(d -> d.bucket("arn:aws:s3:::" + to)))));
        assertThat(s3.getBucketReplication(g -> g.bucket(from))
                        .replicationConfiguration()
                        .rules())
                .hasSize(1);
        String version = s3.putObject(p -> p.bucket(from).key("copied"), RequestBody.fromString("twice"))
                .versionId();

        assertThat(s3.listObjectVersions(l -> l.bucket(from).prefix("copied")).versions())
                .singleElement()
                .returns(version, v -> v.versionId());
        s3.deleteBucketReplication(d -> d.bucket(from));
    }

    @Test
    void aQueueHearsOfWhatCouldNotBeReplicated(SqsClient sqs) throws IOException {
        String from = create("unheard");
        String to = create("suspended");
        for (String bucket : List.of(from, to)) {
            s3.putBucketVersioning(v -> v.bucket(bucket).versioningConfiguration(c -> c.status("Enabled")));
        }
        String queue = sqs.createQueue(q ->
                        q.queueName("failed").attributes(Map.of(QueueAttributeName.POLICY, hearing("failed", from))))
                .queueUrl();
        s3.putBucketNotificationConfiguration(n -> n.bucket(from)
                .notificationConfiguration(c ->
                        c.queueConfigurations(q -> q.queueArn("arn:aws:sqs:us-east-1:" + cloud.account() + ":failed")
                                .eventsWithStrings("s3:Replication:*"))));
        assertThat(receive(sqs, queue)).contains("s3:TestEvent");
        s3.putBucketReplication(r -> r.bucket(from)
                .replicationConfiguration(c -> c.role("arn:aws:iam::" + cloud.account() + ":role/r")
                        .rules(u -> u.id("measured")
                                .status("Enabled")
                                .priority(1)
                                .filter(f -> f.prefix(""))
                                .deleteMarkerReplication(d -> d.status("Disabled"))
                                .destination(d -> d.bucket("arn:aws:s3:::" + to).metrics(m -> m.status("Enabled"))))));
        s3.putBucketVersioning(v -> v.bucket(to).versioningConfiguration(c -> c.status("Suspended")));

        s3.putObject(p -> p.bucket(from).key("lost"), RequestBody.fromString("bytes"));

        JsonNode event = new ObjectMapper().readTree(receive(sqs, queue)).at("/Records/0");
        assertThat(event.at("/eventName").asText()).isEqualTo("Replication:OperationFailedReplication");
        assertThat(event.at("/eventVersion").asText()).isEqualTo("2.2");
        assertThat(event.at("/s3/object/size").asInt()).isEqualTo(5);
        assertThat(event.at("/userIdentity/principalId").asText()).isEqualTo("s3.amazonaws.com");
        JsonNode data = event.at("/replicationEventData");
        assertThat(data.at("/replicationRuleId").asText()).isEqualTo("measured");
        assertThat(data.at("/destinationBucket").asText()).isEqualTo("arn:aws:s3:::" + to);
        assertThat(data.at("/s3Operation").asText()).isEqualTo("OBJECT_PUT");
        assertThat(data.at("/failureReason").asText()).isEqualTo("DstBucketUnversioned");
        assertThat(s3.headObject(h -> h.bucket(from).key("lost")).replicationStatusAsString())
                .isEqualTo("FAILED");
    }

    @Test
    void aQueueHearsOfNewObjects(SqsClient sqs) {
        String bucket = create("told");
        String queue = sqs.createQueue(
                        q -> q.queueName("told").attributes(Map.of(QueueAttributeName.POLICY, hearing("told", bucket))))
                .queueUrl();
        s3.putBucketNotificationConfiguration(n -> n.bucket(bucket)
                .notificationConfiguration(
                        c -> c.queueConfigurations(q -> q.queueArn("arn:aws:sqs:us-east-1:" + cloud.account() + ":told")
                                .eventsWithStrings("s3:ObjectCreated:*"))));
        assertThat(s3.getBucketNotificationConfiguration(g -> g.bucket(bucket)).queueConfigurations())
                .hasSize(1);
        assertThat(receive(sqs, queue)).contains("\"Event\":\"s3:TestEvent\"");

        s3.putObject(p -> p.bucket(bucket).key("new one"), RequestBody.fromString("x"));
        assertThat(receive(sqs, queue))
                .contains("\"eventName\":\"ObjectCreated:Put\"")
                .contains("\"key\":\"new+one\"");
        assertThatThrownBy(() -> s3.putBucketNotificationConfiguration(n -> n.bucket(bucket)
                        .notificationConfiguration(c -> c.queueConfigurations(
                                q -> q.queueArn("arn:aws:sqs:us-east-1:" + cloud.account() + ":nowhere")
                                        .eventsWithStrings("s3:ObjectCreated:*")))))
                .hasMessageContaining("Unable to validate the following destination configurations");
    }

    private String hearing(String queue, String bucket) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"},
                 "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:%s:%s",
                 "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::%s"}}}]}""".formatted(cloud.account(), queue, bucket);
    }

    private static String receive(SqsClient sqs, String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(10))
                .messages()
                .getFirst()
                .body();
    }
}
