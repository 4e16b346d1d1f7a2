package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.dynamodb.IdTable;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A condition on `aws:ResourceTag` opens the resources that have the tag, of whatever service, and no others.
@OnCloud(alone = true)
class TagsOfResourcesTest {
    private static final String BLUE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
              "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}}]}
            """;

    private final TestCloud cloud;
    private final IamClient iam;

    TagsOfResourcesTest(TestCloud cloud, IamClient iam) {
        this.cloud = cloud;
        this.iam = iam;
    }

    private AwsCredentials user(String name) {
        AwsCredentials user = new People(cloud, iam).user(name);
        iam.putUserPolicy(p -> p.userName(name).policyName("blue").policyDocument(BLUE));
        return user;
    }

    @Test
    void queues(SqsClient root) {
        SqsClient sqs = Clients.with(SqsClient.builder(), cloud, user("queues"));
        String blue = root.createQueue(q -> q.queueName("blue").tags(Map.of("team", "blue")))
                .queueUrl();
        String red = root.createQueue(q -> q.queueName("red").tags(Map.of("team", "red")))
                .queueUrl();
        opensOnly(() -> sqs.purgeQueue(q -> q.queueUrl(blue)), () -> sqs.purgeQueue(q -> q.queueUrl(red)));
    }

    @Test
    void tables(DynamoDbClient root) {
        DynamoDbClient tables = Clients.with(DynamoDbClient.builder(), cloud, user("tables"));
        table(root, "blue");
        table(root, "red");
        opensOnly(
                () -> tables.describeTable(t -> t.tableName("blue")),
                () -> tables.describeTable(t -> t.tableName("red")));
    }

    private static void table(DynamoDbClient tables, String team) {
        tables.createTable(IdTable.named(team)
                .tags(software.amazon.awssdk.services.dynamodb.model.Tag.builder()
                        .key("team")
                        .value(team)
                        .build())
                .build());
    }

    @Test
    void networks(Ec2Client root) {
        Ec2Client ec2 = Clients.with(Ec2Client.builder(), cloud, user("networks"));
        String blue = vpc(root, "blue");
        String red = vpc(root, "red");
        opensOnly(() -> ec2.deleteVpc(v -> v.vpcId(blue)), () -> ec2.deleteVpc(v -> v.vpcId(red)));
    }

    private static String vpc(Ec2Client ec2, String team) {
        String id = ec2.createVpc(v -> v.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        ec2.createTags(t -> t.resources(id)
                .tags(software.amazon.awssdk.services.ec2.model.Tag.builder()
                        .key("team")
                        .value(team)
                        .build()));
        return id;
    }

    @Test
    void secrets() {
        SecretsManagerClient root = Clients.with(SecretsManagerClient.builder(), cloud);
        SecretsManagerClient secrets = Clients.with(SecretsManagerClient.builder(), cloud, user("secrets"));
        for (String team : new String[] {"blue", "red"}) {
            root.createSecret(s -> s.name(team)
                    .secretString("x")
                    .tags(software.amazon.awssdk.services.secretsmanager.model.Tag.builder()
                            .key("team")
                            .value(team)
                            .build()));
        }
        opensOnly(
                () -> secrets.describeSecret(s -> s.secretId("blue")),
                () -> secrets.describeSecret(s -> s.secretId("red")));
    }

    @Test
    void keys() {
        KmsClient root = Clients.with(KmsClient.builder(), cloud);
        KmsClient keys = Clients.with(KmsClient.builder(), cloud, user("keys"));
        String blue = key(root, "blue");
        String red = key(root, "red");
        opensOnly(() -> keys.describeKey(k -> k.keyId(blue)), () -> keys.describeKey(k -> k.keyId(red)));
    }

    private static String key(KmsClient keys, String team) {
        return keys.createKey(k -> k.tags(software.amazon.awssdk.services.kms.model.Tag.builder()
                        .tagKey("team")
                        .tagValue(team)
                        .build()))
                .keyMetadata()
                .keyId();
    }

    @Test
    void roles(IamClient root) {
        IamClient roles = Clients.with(IamClient.builder(), cloud, user("roles"));
        for (String team : new String[] {"blue", "red"}) {
            root.createRole(r -> r.roleName(team)
                    .path("/teams/")
                    .assumeRolePolicyDocument(People.trust(cloud.account()))
                    .tags(software.amazon.awssdk.services.iam.model.Tag.builder()
                            .key("team")
                            .value(team)
                            .build()));
        }
        opensOnly(() -> roles.getRole(r -> r.roleName("blue")), () -> roles.getRole(r -> r.roleName("red")));
    }

    private static void opensOnly(ThrowingCallable blue, ThrowingCallable red) {
        assertThat(People.refusal(blue).message()).isEqualTo("it was not refused");
        assertThat(People.refusal(red).message()).contains("is not authorized to perform");
    }
}
