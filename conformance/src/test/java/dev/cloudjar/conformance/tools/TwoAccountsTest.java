package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.dynamodb.IdTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.s3.S3Client;

/// A user of one account reads one prefix of a bucket and one partition of a table of another, by a role that
/// wants an external id, as people set that up in their tools; the rest is denied in AWS's words.
@OnCloud
class TwoAccountsTest {
    private static final List<String> PEOPLE = List.of("ada", "bob");

    private final TestCloud cloud;
    private final TestCloud others;
    private final String bucket;
    private final AccessKey ada;

    TwoAccountsTest(TestCloud cloud) {
        this.cloud = cloud;
        this.others = new TestCloud(cloud.server(), "6" + cloud.account().substring(1));
        this.bucket = "accounts-" + others.account();
        this.ada = user();
        if (Clients.s3(others).listBuckets().buckets().isEmpty()) {
            fill();
            role();
        }
    }

    /// A user with a key and no rights but to assume roles, made anew for each test.
    private AccessKey user() {
        IamClient iam = Clients.iam(cloud);
        if (iam.listUsers().users().isEmpty()) {
            iam.createUser(user -> user.userName("ada"));
            iam.putUserPolicy(policy ->
                    policy.userName("ada").policyName("roles").policyDocument(policy(allow("sts:AssumeRole", "*"))));
        }
        return iam.createAccessKey(key -> key.userName("ada")).accessKey();
    }

    private void fill() {
        S3Client s3 = Clients.s3(others);
        s3.createBucket(made -> made.bucket(bucket));
        DynamoDbClient tables = Clients.dynamoDb(others);
        tables.createTable(IdTable.named("orders").build());
        for (String name : PEOPLE) {
            s3.putObject(
                    put -> put.bucket(bucket).key(name + "/one").contentType("text/plain"),
                    RequestBody.fromString("text"));
            tables.putItem(put -> put.tableName("orders").item(Map.of("id", AttributeValue.fromS(name))));
        }
    }

    private void role() {
        IamClient iam = Clients.iam(others);
        String trust = "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::" + cloud.account()
                + ":user/ada\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":"
                + "{\"sts:ExternalId\":\"42\"}}}";
        iam.createRole(role -> role.roleName("reader").assumeRolePolicyDocument(policy(trust)));
        String objects = allow("s3:GetObject*", "arn:aws:s3:::" + bucket + "/ada/*");
        String listing = allow("s3:ListBucket", "arn:aws:s3:::" + bucket)
                .replace("}", ",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"ada/*\"}}}");
        String items = allow("dynamodb:GetItem", "arn:aws:dynamodb:*:" + others.account() + ":table/orders")
                .replace("}", ",\"Condition\":{\"ForAllValues:StringEquals\":{\"dynamodb:LeadingKeys\":[\"ada\"]}}}");
        iam.putRolePolicy(
                rights -> rights.roleName("reader").policyName("own").policyDocument(policy(objects, listing, items)));
    }

    private static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    private String arn() {
        return "arn:aws:iam::" + others.account() + ":role/reader";
    }

    private String profiles() {
        String ada = "[profile ada]\naws_access_key_id = " + this.ada.accessKeyId() + "\naws_secret_access_key = "
                + this.ada.secretAccessKey() + "\n\n";
        String role = "source_profile = ada\nrole_arn = " + arn() + "\nrole_session_name = cli\n";
        return ada + "[profile reader]\nexternal_id = 42\n" + role + "\n[profile stranger]\n" + role;
    }

    @Test
    void byProfilesOfTheAwsCommand(@TempDir Path folder) throws IOException, InterruptedException {
        var aws = new Tool(cloud, folder);
        aws.require("the aws command", "aws", "--version");
        aws.set("HOME", folder.toString()); // Where the command keeps sessions for the next call.
        aws.set(
                "AWS_CONFIG_FILE",
                Files.writeString(folder.resolve("config"), profiles()).toString());
        for (String name : PEOPLE) {
            Files.writeString(folder.resolve(name + ".json"), "{\"id\":{\"S\":\"" + name + "\"}}");
        }
        var script = new Script(new HashMap<>(Map.of(
                "account", cloud.account(),
                "other", others.account(),
                "bucket", bucket,
                "directory", folder.toString())));

        for (Script.Step step : Script.parse(Tool.resource("aws-cli-access.txt"))) {
            List<String> words = Stream.concat(
                            Script.words(script.filled(step.command())).stream(),
                            Stream.of("--endpoint-url", cloud.endpoint().toString()))
                    .toList();
            script.check(step, aws.run(words));
        }
    }

    @Test
    void byTerraformsAssumeRole(@TempDir Path folder) throws IOException, InterruptedException {
        Tool terraform = TerraformTest.initialized(cloud, folder, "assume-role.tf");
        terraform.set("TF_VAR_key", ada.accessKeyId());
        terraform.set("TF_VAR_secret", ada.secretAccessKey());
        terraform.set("TF_VAR_role", arn());
        terraform.set("TF_VAR_bucket", bucket);

        TerraformTest.apply(terraform);
        String read =
                terraform.run("terraform", "output", "-no-color").succeeded().out();
        assertThat(read).contains("assumed-role/reader/terraform", "\"S\":\"ada\"", "\"text\"");

        terraform.set("TF_VAR_whose", "bob");
        assertThat(refusal(terraform))
                .contains("User: arn:aws:sts::" + others.account() + ":assumed-role/reader/terraform is not authorized"
                        + " to perform: dynamodb:GetItem");
        terraform.set("TF_VAR_external_id", "43");
        assertThat(refusal(terraform)).contains("is not authorized to perform: sts:AssumeRole on resource: " + arn());
    }

    /// What Terraform says of a plan that fails, on one line.
    private static String refusal(Tool terraform) throws IOException, InterruptedException {
        Tool.Outcome plan = terraform.run("terraform", "plan", "-input=false", "-no-color");
        assertThat(plan.status()).isNotZero();
        return plan.err().replaceAll("[\\s│╷╵]+", " ");
    }
}
