package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;

/// A role is handed to a service by those alone who may pass it there.
@OnCloud
class PassedRolesTest {
    private final TestCloud cloud;
    private final IamClient iam;
    private final People people;

    PassedRolesTest(TestCloud cloud, IamClient iam) {
        this.cloud = cloud;
        this.iam = iam;
        this.people = new People(cloud, iam);
    }

    private String bucket(String name) {
        String bucket = name + "-" + cloud.account();
        S3Client s3 = Clients.s3(cloud);
        s3.createBucket(b -> b.bucket(bucket));
        s3.putBucketVersioning(
                v -> v.bucket(bucket).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
        return bucket;
    }

    private ThrowingCallable replicating(AwsCredentials who, String from, String to) {
        S3Client s3 = Clients.with(S3Client.builder().forcePathStyle(true), cloud, who);
        ReplicationRule rule = ReplicationRule.builder()
                .status(ReplicationRuleStatus.ENABLED)
                .priority(1)
                .filter(f -> f.prefix(""))
                .deleteMarkerReplication(d -> d.status(DeleteMarkerReplicationStatus.DISABLED))
                .destination(d -> d.bucket("arn:aws:s3:::" + to))
                .build();
        return () -> s3.putBucketReplication(r -> r.bucket(from)
                .replicationConfiguration(c -> c.role(people.arn("role/copier")).rules(rule)));
    }

    private void letPass(String service) {
        iam.putUserPolicy(p -> p.userName("carla")
                .policyName("pass")
                .policyDocument(People.policy("Allow", "iam:PassRole", people.arn("role/copier"))
                        .replace(
                                "}]",
                                ",\"Condition\":{\"StringEquals\":{\"iam:PassedToService\":\"" + service + "\"}}}]")));
    }

    @Test
    void replicationTakesARoleFromWhoMayPassItToS3() {
        ThrowingCallable replicate = replicating(people.user("carla"), bucket("from"), bucket("to"));
        people.allow("carla", "s3:*", "*");
        var refused = new People.Refused(
                "AccessDenied",
                "User: " + people.arn("user/carla") + " is not authorized to perform: iam:PassRole on resource: "
                        + people.arn("role/copier")
                        + " because no identity-based policy allows the iam:PassRole action");

        assertThat(People.refusal(replicate)).isEqualTo(refused);
        for (String other : List.of("ec2.amazonaws.com", "batchoperations.s3.amazonaws.com")) {
            letPass(other);
            assertThat(People.refusal(replicate)).isEqualTo(refused);
        }
        letPass("s3.amazonaws.com");
        assertThatCode(replicate).doesNotThrowAnyException();
    }
}
