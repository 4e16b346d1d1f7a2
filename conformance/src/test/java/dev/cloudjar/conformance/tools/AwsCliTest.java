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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The aws command, with every operation of SQS, of the Resource Groups Tagging API and of DynamoDB, and with a
/// short scenario of each other service.
@OnCloud
class AwsCliTest {
    private static final String IMPORTED = "{\"Item\":{\"id\":{\"S\":\"a\"}}}\n";

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

    @Test
    void everyOperationOfDynamoDbAndItsStreamsAnswersOrRefuses(S3Client s3, @TempDir Path folder)
            throws IOException, InterruptedException {
        String bucket = "cli-" + cloud.account();
        s3.createBucket(made -> made.bucket(bucket));
        s3.putObject(put -> put.bucket(bucket).key("in/data.json"), RequestBody.fromString(IMPORTED));
        Map<String, String> names = names(folder);
        names.put("bucket", bucket);
        run(names, folder, "aws-cli-dynamodb.txt");
    }

    @Test
    void aShortScenarioOfEachOtherServiceWorks(@TempDir Path folder) throws IOException, InterruptedException {
        run(names(folder), folder, "aws-cli-services.txt");
    }

    /// All commands in one process of the tool, which takes long to start.
    private void run(Map<String, String> names, Path folder, String file) throws IOException, InterruptedException {
        var script = new Script(names);
        try (AwsCommands aws = AwsCommands.start(new Tool(cloud, folder))) {
            for (Script.Step step : Script.parse(Tool.resource(file))) {
                List<String> words = command(script.filled(step.command()));
                script.check(step, aws.run(words.subList(1, words.size())));
            }
        }
    }

    private void run(Tool aws, Path folder, String file) throws IOException, InterruptedException {
        var script = new Script(names(folder));
        for (Script.Step step : Script.parse(Tool.resource(file))) {
            script.check(step, aws.run(command(script.filled(step.command()))));
        }
    }

    private Map<String, String> names(Path folder) {
        return new HashMap<>(Map.of("account", cloud.account(), "directory", folder.toString()));
    }

    /// Version 1 of the command asks AWS for queues whatever `AWS_ENDPOINT_URL` says, unless it is told here.
    private List<String> command(String line) {
        return Stream.concat(
                        Script.words(line).stream(),
                        Stream.of("--endpoint-url", cloud.endpoint().toString()))
                .toList();
    }

    private String attributes() {
        return "{\"VisibilityTimeout\": \"0\", \"RedrivePolicy\": \"{\\\"deadLetterTargetArn\\\":"
                + "\\\"arn:aws:sqs:us-east-1:" + cloud.account() + ":dead\\\",\\\"maxReceiveCount\\\":9}\"}";
    }

    @ParameterizedTest
    @CsvSource({"sqs, aws-cli.txt", "dynamodb, aws-cli-dynamodb.txt", "dynamodbstreams, aws-cli-dynamodb.txt"})
    void theScriptLeavesNoOperationOut(String service, String file) throws IOException {
        List<String> commands = Script.parse(Tool.resource(file)).stream()
                .map(step -> step.command().split(" "))
                .filter(words -> words[1].equals(service))
                .map(words -> words[2])
                .toList();

        assertThat(Schemas.open(service).operations())
                .map(OperationSchema::name)
                .map(name -> name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .allSatisfy(name -> assertThat(commands).contains(name));
    }
}
