package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The aws command, with every operation of SQS and of the Resource Groups Tagging API.
@OnCloud
class AwsCliTest {
    private final TestCloud cloud;

    AwsCliTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void everyOperationOfSqsWorks(@TempDir Path folder) throws IOException, InterruptedException {
        var aws = new Tool(cloud, folder);
        aws.require("the aws command", "aws", "--version");
        Files.writeString(folder.resolve("attributes.json"), attributes());
        run(aws, folder, "aws-cli.txt");
    }

    @Test
    void tagsOfAllServicesAreReadAndSetInOnePlace(@TempDir Path folder) throws IOException, InterruptedException {
        var aws = new Tool(cloud, folder);
        aws.require("the aws command", "aws", "--version");
        run(aws, folder, "aws-cli-tagging.txt");
    }

    private void run(Tool aws, Path folder, String file) throws IOException, InterruptedException {
        var names = new HashMap<String, String>();
        names.put("account", cloud.account());
        names.put("directory", folder.toString());
        var script = new Script(names);
        for (Script.Step step : Script.parse(Tool.resource(file))) {
            script.check(step, aws.run(command(script.filled(step.command()))));
        }
    }

    /// Version 1 of the command asks AWS for queues whatever `AWS_ENDPOINT_URL` says, unless it is told here.
    private List<String> command(String line) {
        return Stream.concat(
                        Stream.of(line.split(" ")),
                        Stream.of("--endpoint-url", cloud.endpoint().toString()))
                .toList();
    }

    private String attributes() {
        return "{\"VisibilityTimeout\": \"0\", \"RedrivePolicy\": \"{\\\"deadLetterTargetArn\\\":"
                + "\\\"arn:aws:sqs:us-east-1:" + cloud.account() + ":dead\\\",\\\"maxReceiveCount\\\":9}\"}";
    }

    @Test
    void theScriptLeavesNoOperationOut() throws IOException {
        List<String> commands = Script.parse(Tool.resource("aws-cli.txt")).stream()
                .map(step -> step.command().split(" ")[2])
                .toList();

        assertThat(Schemas.open("sqs").operations())
                .map(OperationSchema::name)
                .map(name -> name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .allSatisfy(name -> assertThat(commands).contains(name));
    }
}
