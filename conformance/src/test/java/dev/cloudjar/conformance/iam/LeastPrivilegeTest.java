package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Why something was refused can be asked, and the smallest policy that somebody needed is enough.
@OnCloud(alone = true)
class LeastPrivilegeTest {
    private final TestCloud cloud;
    private final IamClient iam;
    private final People people;

    LeastPrivilegeTest(TestCloud cloud, IamClient iam) {
        this.cloud = cloud;
        this.iam = iam;
        this.people = new People(cloud, iam);
    }

    private String admin(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/_cloudjar/" + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void work(SqsClient sqs) {
        String url = sqs.createQueue(q -> q.queueName("work")).queueUrl();
        sqs.sendMessage(m -> m.queueUrl(url).messageBody("a"));
        sqs.receiveMessage(r -> r.queueUrl(url));
        sqs.listQueues();
    }

    @Test
    void theSameCallsPassUnderTheSmallestPolicyAndNoOthers() throws IOException, InterruptedException {
        SqsClient sqs = people.sqs(people.user("ann"));
        iam.putUserPolicy(p -> p.userName("ann").policyName("all").policyDocument(People.policy("Allow", "*", "*")));
        work(sqs);

        String least = admin("least-privilege?user=" + people.arn("user/ann"));
        iam.putUserPolicy(p -> p.userName("ann").policyName("all").policyDocument(least));

        assertThatCode(() -> work(sqs)).doesNotThrowAnyException();
        assertThat(People.refusal(() -> sqs.createQueue(q -> q.queueName("other")))
                        .code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void theSmallestPolicyKeepsToThePartitionsAndPrefixesThatWereRead() throws IOException, InterruptedException {
        S3Client root = Clients.s3(cloud);
        root.createBucket(b -> b.bucket("papers"));
        AwsCredentials ann = people.user("dan");
        S3Client s3 = Clients.with(S3Client.builder().forcePathStyle(true), cloud, ann);
        people.allow("dan", "s3:*", "*");
        s3.listObjectsV2(l -> l.bucket("papers").prefix("dan/"));

        String least = admin("least-privilege?user=" + people.arn("user/dan"));
        iam.deleteUserPolicy(p -> p.userName("dan").policyName("s3-all"));
        iam.putUserPolicy(p -> p.userName("dan").policyName("least").policyDocument(least));

        assertThatCode(() -> s3.listObjectsV2(l -> l.bucket("papers").prefix("dan/")))
                .doesNotThrowAnyException();
        assertThat(People.refusal(() -> s3.listObjectsV2(l -> l.bucket("papers").prefix("eve/")))
                        .code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void theSmallestPolicyNamesTheAccessPointThatWasGoneThrough() throws IOException, InterruptedException {
        S3Client root = Clients.s3(cloud);
        root.createBucket(b -> b.bucket("behind"));
        root.putObject(p -> p.bucket("behind").key("a"), RequestBody.fromString("a"));
        String name = "arn:aws:s3:us-east-1:" + cloud.account() + ":accesspoint/front";
        cloud.exchange(new Sent(
                        "PUT",
                        "/v20180820/accesspoint/front",
                        Map.of("x-amz-account-id", cloud.account(), "Content-Type", "application/xml"),
                        "<CreateAccessPointRequest><Bucket>behind</Bucket></CreateAccessPointRequest>"
                                .getBytes(StandardCharsets.UTF_8))
                .by(cloud.account(), "us-east-1", "s3"));
        S3Client s3 = Clients.with(S3Client.builder().forcePathStyle(true), cloud, people.user("fay"));
        people.allow("fay", "s3:*", "*");
        String front = "front-" + cloud.account();
        s3.getObject(g -> g.bucket(front).key("a")).abort();

        String least = admin("least-privilege?user=" + people.arn("user/fay"));
        iam.deleteUserPolicy(p -> p.userName("fay").policyName("s3-all"));
        iam.putUserPolicy(p -> p.userName("fay").policyName("least").policyDocument(least));

        assertThat(least).contains(name + "/object/a").doesNotContain("arn:aws:s3:::behind");
        assertThatCode(() -> s3.getObject(g -> g.bucket(front).key("a")).abort())
                .doesNotThrowAnyException();
        assertThat(People.refusal(() -> s3.getObject(g -> g.bucket("behind").key("a")))
                        .code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void aRefusalCanBeExplained() throws IOException, InterruptedException {
        SqsClient sqs = people.sqs(people.user("bob"));
        iam.putUserPolicy(p -> p.userName("bob")
                .policyName("no")
                .policyDocument(People.policy("Deny", "sqs:ListQueues", "*")
                        .replace("{\"Effect", "{\"Sid\":\"Never\",\"Effect")));
        assertThat(People.refusal(sqs::listQueues).code()).isEqualTo("AccessDenied");

        JsonNode decisions = new ObjectMapper().readTree(admin("decisions")).at("/decisions");
        JsonNode last = decisions.get(decisions.size() - 1);

        assertThat(last.at("/decision").asText()).isEqualTo("explicitDeny");
        assertThat(last.at("/because").asText()).endsWith("with an explicit deny in an identity-based policy");
        assertThat(last.at("/statements/0/statement").asText()).isEqualTo("Never");
        assertThat(last.at("/statements/0/policy").asText()).isEqualTo(people.arn("user/bob/no"));
    }
}
