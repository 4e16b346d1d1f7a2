package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Jobs whose tasks are done by a function: what it is told, and what comes of what it says.
@Tag("acceptance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class JobFunctionTest {
    private static final String ACCOUNT = LambdaCloud.ACCOUNT;
    private static final ObjectMapper JSON = new ObjectMapper();
    /// More looks at a job than it takes requests to end.
    private static final int MANY = 1_000_000;

    private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final LambdaCloud lambda;
    private final S3Client s3;
    private final IamClient iam;

    JobFunctionTest() throws IOException {
        lambda = new LambdaCloud();
        s3 = lambda.s3();
        iam = Clients.iam(lambda.cloud());
        s3.createBucket(b -> b.bucket("reports"));
        role("worker", "s3:*\", \"lambda:InvokeFunction");
    }

    @AfterAll
    void stop() {
        lambda.close();
    }

    private void role(String name, String actions) {
        iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                 "Principal": {"Service": "batchoperations.s3.amazonaws.com"}}]}"""));
        iam.putRolePolicy(p -> p.roleName(name).policyName("work").policyDocument("""
                {"Version": "2012-10-17", "Statement": [
                 {"Effect": "Allow", "Action": ["%s"], "Resource": "*"}]}""".formatted(actions)));
    }

    private Answer create(String role, String invoke, String... keys) throws IOException {
        String lines = String.join(
                "", Stream.of(keys).map(key -> "behind," + key + "\n").toList());
        String etag = s3.putObject(p -> p.bucket("reports").key("manifest.csv"), RequestBody.fromString(lines))
                .eTag();
        return lambda.control("POST", "jobs", """
                <CreateJobRequest%%s><ConfirmationRequired>false</ConfirmationRequired>
                <Operation><LambdaInvoke>%s</LambdaInvoke></Operation>
                <Report><Bucket>arn:aws:s3:::reports</Bucket><Format>Report_CSV_20180820</Format>
                <Enabled>true</Enabled><ReportScope>AllTasks</ReportScope></Report>
                <ClientRequestToken>%s</ClientRequestToken>
                <Manifest><Spec><Format>S3BatchOperations_CSV_20180820</Format>
                <Fields><member>Bucket</member><member>Key</member></Fields></Spec>
                <Location><ObjectArn>arn:aws:s3:::reports/manifest.csv</ObjectArn><ETag>%s</ETag></Location></Manifest>
                <Priority>1</Priority><RoleArn>arn:aws:iam::%s:role/%s</RoleArn></CreateJobRequest>""".formatted(
                        invoke, role + invoke.hashCode() + lines.hashCode(), etag.replace("\"", ""), ACCOUNT, role));
    }

    private static String text(String document, String element) {
        int at = document.indexOf('<' + element + '>') + element.length() + 2;
        return document.substring(at, document.indexOf("</" + element + '>', at));
    }

    /// The description of a job that has ended well.
    private String ended(String job) {
        String described = Stream.generate(() -> described(job))
                .limit(MANY)
                .filter(text -> List.of("Complete", "Failed").contains(text(text, "Status")))
                .findFirst()
                .orElseThrow();
        assertThat(text(described, "Status")).as(described).isEqualTo("Complete");
        return described;
    }

    private String described(String job) {
        try {
            return lambda.control("GET", "jobs/" + job, "").text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> report(String job) {
        ended(job);
        return s3.listObjectsV2(l -> l.bucket("reports").prefix("job-" + job + "/results/")).contents().stream()
                .map(S3Object::key)
                .flatMap(key -> s3.getObjectAsBytes(g -> g.bucket("reports").key(key))
                        .asUtf8String()
                        .lines())
                .sorted()
                .toList();
    }

    private static String invoke(String arn) {
        return "<FunctionArn>" + arn + "</FunctionArn>";
    }

    private static String answer(JsonNode event, String code, String text) {
        ObjectNode answer = JSON.createObjectNode()
                .put(
                        "invocationSchemaVersion",
                        event.at("/invocationSchemaVersion").asText())
                .put("treatMissingKeysAs", "PermanentFailure")
                .put("invocationId", event.at("/invocationId").asText());
        answer.putArray("results")
                .addObject()
                .put("taskId", event.at("/tasks/0/taskId").asText())
                .put("resultCode", code)
                .put("resultString", text);
        return answer.toString();
    }

    @Test
    void aFunctionIsToldOfOneTaskAtATime() throws IOException, InterruptedException {
        String teller = lambda.function("teller", event -> {
            events.add(event);
            return answer(event, "Succeeded", "told");
        });
        String job =
                text(create("worker", invoke(teller), "a/quiet.txt", "n%20o+w").text(), "JobId");

        assertThat(report(job))
                .containsExactly("behind,a%2Fquiet.txt,,succeeded,200,,told", "behind,n+o+w,,succeeded,200,,told");
        JsonNode event = events.take();
        assertThat(event.at("/invocationSchemaVersion").asText()).isEqualTo("1.0");
        assertThat(event.at("/invocationId").asText()).isNotEmpty();
        assertThat(event.at("/job").toString()).isEqualTo("{\"id\":\"" + job + "\"}");
        assertThat(event.at("/tasks").size()).isEqualTo(1);
        assertThat(event.at("/tasks/0/s3BucketArn").asText()).isEqualTo("arn:aws:s3:::behind");
        assertThat(event.at("/tasks/0/s3Key").asText()).isEqualTo("a/quiet.txt");
        assertThat(event.at("/tasks/0/s3VersionId").isNull()).isTrue();
        assertThat(event.at("/tasks/0").has("s3Bucket")).isFalse();
        assertThat(events.take().at("/tasks/0/s3Key").asText()).isEqualTo("n+o+w");

        String newer = invoke(teller) + "<InvocationSchemaVersion>2.0</InvocationSchemaVersion><UserArguments><entry>"
                + "<key>volume</key><value>11</value></entry></UserArguments>";
        ended(text(create("worker", newer, "x").text(), "JobId"));
        event = events.take();
        assertThat(event.at("/invocationSchemaVersion").asText()).isEqualTo("2.0");
        assertThat(event.at("/job/userArguments").toString()).isEqualTo("{\"volume\":\"11\"}");
        assertThat(event.at("/tasks/0/s3Bucket").asText()).isEqualTo("behind");
        assertThat(event.at("/tasks/0").has("s3BucketArn")).isFalse();
    }

    /// What a function says of a task that is called as what comes of it.
    private static String judged(JsonNode event, Map<String, Integer> tries) {
        String key = event.at("/tasks/0/s3Key").asText();
        int nth = tries.merge(key, 1, Integer::sum);
        return switch (key) {
            case "later" -> answer(event, nth < 3 ? "TemporaryFailure" : "Succeeded", "try " + nth);
            case "never" -> answer(event, "TemporaryFailure", "busy");
            case "no" -> answer(event, "PermanentFailure", "no, \"never\"");
            case "unnamed" -> "{\"treatMissingKeysAs\": \"PermanentFailure\", \"results\": []}";
            case "assumed" -> "{\"treatMissingKeysAs\": \"Succeeded\", \"results\": []}";
            case "garbled" -> "well";
            case "odd" -> answer(event, "Perhaps", "");
            default -> throw new IllegalStateException("broken");
        };
    }

    @Test
    void whatTheFunctionSaysDecidesOfTheTask() throws IOException {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        String judge = lambda.function("judge", event -> judged(event, tries));

        String job = text(
                create("worker", invoke(judge), "later", "never", "no", "unnamed", "assumed", "garbled", "odd", "ill")
                        .text(),
                "JobId");
        String said = "Invalid JSON returned in Lambda payload";
        assertThat(report(job))
                .containsExactly(
                        "behind,assumed,,succeeded,200,,",
                        "behind,garbled,,failed,200,PermanentFailure," + said,
                        "behind,ill,,failed,200,PermanentFailure,\"Lambda returned function error:"
                                + " {\"\"errorMessage\"\":\"\"Unhandled: broken\"\"}\"",
                        "behind,later,,succeeded,200,,try 3",
                        "behind,never,,failed,200,TemporaryFailure,busy",
                        "behind,no,,failed,200,PermanentFailure,\"no, \"\"never\"\"\"",
                        "behind,odd,,failed,200,PermanentFailure," + said,
                        "behind,unnamed,,failed,200,PermanentFailure,");
        String described = ended(job);
        assertThat(text(described, "NumberOfTasksSucceeded")).isEqualTo("2");
        assertThat(text(described, "NumberOfTasksFailed")).isEqualTo("6");
        assertThat(tries)
                .containsEntry("no", 1)
                .hasEntrySatisfying("never", n -> assertThat(n).isGreaterThan(1));
    }

    @Test
    void aRoleThatMayNotInvokeTheFunctionFailsAtEachTask() throws IOException {
        String closed = lambda.function("closed", event -> answer(event, "Succeeded", ""));
        role("reader", "s3:*");

        String job = text(create("reader", invoke(closed), "x").text(), "JobId");

        assertThat(report(job))
                .singleElement()
                .asString()
                .startsWith("behind,x,,failed,403,AccessDenied,")
                .contains("lambda:InvokeFunction on resource: " + closed);
    }

    @Test
    void whatNoFunctionCouldBeToldIsRefused() throws IOException {
        String arn = invoke("arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:f");
        String arguments = "<UserArguments><entry><key>a</key><value>b</value></entry></UserArguments>";

        for (String wrong : List.of(
                "<InvocationSchemaVersion>1.0</InvocationSchemaVersion>",
                arn + arguments,
                arn + "<InvocationSchemaVersion>3.0</InvocationSchemaVersion>")) {
            Answer refused = create("worker", wrong, "x");
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(text(refused.text(), "Code")).isEqualTo("InvalidRequest");
        }
    }
}
