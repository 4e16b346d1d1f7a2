package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Terraform with HashiCorp's provider: what it applies it finds again, and it leaves nothing behind.
@OnCloud
class TerraformTest {
    @Test
    void appliesQueuesPlansNothingMoreAndDestroysThem(TestCloud cloud, SqsClient sqs, @TempDir Path folder)
            throws IOException, InterruptedException {
        Tool terraform = terraform(cloud, folder, "main.tf");

        apply(terraform);
        assertNothingToDo(terraform);
        assertThat(sqs.listQueues().queueUrls()).hasSize(3);

        destroy(terraform);
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
    }

    @Test
    void appliesTablesChangesAnIndexAndDestroysThem(TestCloud cloud, DynamoDbClient tables, @TempDir Path folder)
            throws IOException, InterruptedException {
        Tool terraform = terraform(cloud, folder, "tables.tf");

        apply(terraform);
        assertNothingToDo(terraform);
        assertThat(tables.listTables().tableNames()).containsExactly("counters", "orders");

        terraform.set("TF_VAR_index", "other-name");
        apply(terraform);
        assertNothingToDo(terraform);
        assertThat(tables.describeTable(t -> t.tableName("orders")).table().globalSecondaryIndexes())
                .extracting(index -> index.indexName())
                .containsExactly("other-name");

        destroy(terraform);
        assertThat(tables.listTables().tableNames()).isEmpty();
    }

    private static Tool terraform(TestCloud cloud, Path folder, String file) throws IOException, InterruptedException {
        var terraform = new Tool(cloud, folder);
        terraform.require("terraform", "terraform", "version");
        Path plugins = plugins().orElseGet(() -> abort("NOT RUN: terraform has no aws provider on this machine"));
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

    private static void apply(Tool terraform) throws IOException, InterruptedException {
        terraform
                .run("terraform", "apply", "-input=false", "-auto-approve", "-no-color")
                .succeeded();
    }

    private static void assertNothingToDo(Tool terraform) throws IOException, InterruptedException {
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
