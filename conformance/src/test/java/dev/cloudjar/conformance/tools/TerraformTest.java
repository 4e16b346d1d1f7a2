package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.dynamodb.IdTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Terraform with HashiCorp's provider: what it applies it finds again, and it leaves nothing behind.
///
/// It mostly waits, so several run at a time; those that list the same resources take turns.
@OnCloud
@Execution(ExecutionMode.CONCURRENT)
class TerraformTest {
    private static final String IDENTITIES = "identities";
    private static final String QUEUES = "queues";
    private static final String TABLES = "tables";

    @Test
    @ResourceLock(QUEUES)
    void appliesQueuesPlansNothingMoreAndDestroysThem(TestCloud cloud, SqsClient sqs, @TempDir Path folder)
            throws IOException, InterruptedException {
        Tool terraform = applied(cloud, folder, "main.tf");
        assertThat(sqs.listQueues().queueUrls()).hasSize(3);

        destroy(terraform);
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
    }

    @Test
    void appliesANetworkPlansNothingMoreAndDestroysIt(TestCloud cloud, Ec2Client ec2, @TempDir Path folder)
            throws IOException, InterruptedException {
        Tool terraform = applied(cloud, folder, "network.tf");
        assertThat(ec2.describeVpcs().vpcs()).hasSize(2);
        assertThat(ec2.describeSecurityGroups(r -> r.filters(List.of(Filter.builder()
                                .name("tag:owner")
                                .values("terraform")
                                .build())))
                        .securityGroups())
                .hasSize(3);

        destroy(terraform);
        assertThat(ec2.describeVpcs().vpcs()).hasSize(1).allMatch(Vpc::isDefault);
        assertThat(ec2.describeSecurityGroups().securityGroups()).hasSize(1);
    }

    @Test
    @ResourceLock(QUEUES)
    void appliesBucketsPlansNothingMoreAndDestroysThem(TestCloud cloud, S3Client s3, @TempDir Path folder)
            throws IOException, InterruptedException {
        Tool terraform = applied(cloud, folder, "buckets.tf");
        assertThat(s3.listBuckets().buckets()).hasSize(3);

        destroy(terraform);
        assertThat(s3.listBuckets().buckets()).isEmpty();
    }

    @Test
    @ResourceLock(IDENTITIES)
    void appliesIdentitiesPlansNothingMoreAndDestroysThem(TestCloud cloud, IamClient iam, @TempDir Path folder)
            throws IOException, InterruptedException {
        Tool terraform = applied(cloud, folder, "identity.tf");
        assertThat(iam.listRoles(r -> r.pathPrefix("/")).roles()).hasSize(2);
        assertThat(iam.listUsers().users()).hasSize(1);

        destroy(terraform);
        assertThat(iam.listUsers().users()).isEmpty();
        assertThat(iam.listRoles().roles()).isEmpty();
    }

    @Test
    @ResourceLock(IDENTITIES)
    void appliesKeysSecretsAndAnOrganizationPlansNothingMoreAndDestroysThem(TestCloud cloud, @TempDir Path folder)
            throws IOException, InterruptedException {
        destroy(applied(cloud, folder, "keys.tf"));
    }

    @Test
    @ResourceLock(TABLES)
    void appliesTablesChangesAnIndexAndDestroysThem(TestCloud cloud, DynamoDbClient tables, @TempDir Path folder)
            throws IOException, InterruptedException {
        Tool terraform = applied(cloud, folder, "tables.tf");
        assertThat(tables.listTables().tableNames()).containsExactly("counters", "orders");

        terraform.set("TF_VAR_index", "other-name");
        apply(terraform);
        assertThat(tables.describeTable(t -> t.tableName("orders")).table().globalSecondaryIndexes())
                .extracting(index -> index.indexName())
                .containsExactly("other-name");

        destroy(terraform);
        assertThat(tables.listTables().tableNames()).isEmpty();
    }

    @Test
    @ResourceLock(TABLES)
    void changesReplicasCapacityAndIndexesAndTakesOverATableThatWasThere(
            TestCloud cloud, DynamoDbClient tables, @TempDir Path folder) throws IOException, InterruptedException {
        tables.createTable(IdTable.named("old").build());
        Tool terraform = applied(cloud, folder, "global-tables.tf");
        assertThat(tables.listTables().tableNames()).containsExactly("ledger", "old", "world");

        terraform.set("TF_VAR_replicas", "[\"ap-southeast-2\"]");
        terraform.set("TF_VAR_capacity", "8");
        terraform.set("TF_VAR_projected", "[\"total\", \"text\"]");
        apply(terraform);
        assertThat(tables.describeTable(t -> t.tableName("world")).table().replicas())
                .extracting(replica -> replica.regionName())
                .contains("ap-southeast-2")
                .doesNotContain("eu-west-1");
        assertThat(tables.describeTable(t -> t.tableName("ledger"))
                        .table()
                        .globalSecondaryIndexes()
                        .getFirst()
                        .projection()
                        .nonKeyAttributes())
                .containsExactlyInAnyOrder("total", "text");

        destroy(terraform);
        assertThat(tables.listTables().tableNames()).isEmpty();
    }

    /// Terraform after it has applied `file` and found nothing more to do.
    private static Tool applied(TestCloud cloud, Path folder, String file) throws IOException, InterruptedException {
        Tool terraform = initialized(cloud, folder, file);
        apply(terraform);
        return terraform;
    }

    /// Terraform beside `file`, ready to apply it.
    static Tool initialized(TestCloud cloud, Path folder, String file) throws IOException, InterruptedException {
        var terraform = new Tool(cloud, folder);
        terraform.require("terraform", "terraform", "version");
        Path plugins = plugins().orElseGet(() -> abort("NOT RUN: terraform has no aws provider on this machine"));
        terraform.copy("provider.tf");
        terraform.copy(file);
        terraform.set("TF_VAR_endpoint", cloud.endpoint().toString());
        terraform.set("TF_VAR_account", cloud.account());
        terraform.set("TF_IN_AUTOMATION", "1");
        terraform.set("CHECKPOINT_DISABLE", "1");

        terraform
                .run("terraform", "init", "-input=false", "-plugin-dir=" + plugins)
                .succeeded();
        return terraform;
    }

    /// Applies, and finds that there is nothing more to do.
    static void apply(Tool terraform) throws IOException, InterruptedException {
        terraform
                .run("terraform", "apply", "-input=false", "-auto-approve", "-no-color")
                .succeeded();
        Tool.Outcome plan = terraform.run("terraform", "plan", "-input=false", "-detailed-exitcode", "-no-color");
        assertThat(plan.status())
                .as("a second plan: %s%s", plan.out(), plan.err())
                .isZero();
    }

    private static void destroy(Tool terraform) throws IOException, InterruptedException {
        terraform
                .run("terraform", "destroy", "-input=false", "-auto-approve", "-no-color")
                .succeeded();
    }

    private static Optional<Path> plugins() {
        return Stream.of(
                        System.getProperty("cloudjar.terraform.plugins", "/nowhere"),
                        System.getProperty("user.home") + "/.terraform.d/plugins",
                        "/usr/local/share/terraform/plugins",
                        "/opt/tf-plugins")
                .map(Path::of)
                .filter(place -> Files.isDirectory(place.resolve("registry.terraform.io/hashicorp/aws")))
                .findFirst();
    }
}
