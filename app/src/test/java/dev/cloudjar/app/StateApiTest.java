package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots, branches, differences, replay and the journal, over real HTTP and by the commands.
class StateApiTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:";

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Path directory;
    private Cloud cloud;
    private final HttpClient client = HttpClient.newHttpClient();

    StateApiTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        cloud = start();
    }

    private Cloud start() throws IOException {
        return Cloud.start(
                List.of("--data", directory.resolve("data").toString(), "--port", "0"),
                Map.of(),
                System.out::println,
                failures::add);
    }

    @AfterEach
    void nothingWentWrongInside() {
        cloud.close();
        assertThat(failures).isEmpty();
    }

    private String sqs(int port, String operation, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .header("X-Amz-Target", "AmazonSQS." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(BodyPublishers.ofString(body));
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void createQueue(String name) throws Exception {
        sqs(cloud.port(), "CreateQueue", "{\"QueueName\":\"" + name + "\"}");
    }

    private String command(String... words) throws Exception {
        var out = new ByteArrayOutputStream();
        var remote = new Remote(
                URI.create("http://localhost:" + cloud.port()), new PrintStream(out, true, StandardCharsets.UTF_8));
        remote.run(words[0], List.of(words).subList(1, words.length));
        return out.toString(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + cloud.port() + "/_cloudjar/" + path))
                .method(method, BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aQueueThatIsDeletedComesBackWithTheSnapshot() throws Exception {
        createQueue("orders");
        String digest = send("GET", "digest", "").body();
        command("snapshot", "save", "before");
        sqs(cloud.port(), "DeleteQueue", "{\"QueueUrl\":\"http://localhost/000000000000/orders\"}");

        assertThat(command("diff", "before")).contains("- " + QUEUE + "orders");
        assertThat(command("diff", "before", "--json")).contains("\"change\":\"removed\"");
        assertThat(command("snapshot", "list")).contains("\"name\":\"before\"");
        command("snapshot", "load", "before");

        assertThat(sqs(cloud.port(), "ListQueues", "{}")).contains("orders");
        assertThat(send("GET", "digest", "").body()).isEqualTo(digest);
        assertThat(command("diff", "before")).isEqualTo("There is no difference.\n");
        assertThat(command("snapshot", "delete", "before")).contains("true");
        assertThat(command("snapshot", "list")).contains("[]");
    }

    @Test
    void anAttributeThatChangedIsToldByName() throws Exception {
        createQueue("orders");
        command("snapshot", "save", "before");
        sqs(
                cloud.port(),
                "SetQueueAttributes",
                "{\"QueueUrl\":\"http://localhost/000000000000/orders\",\"Attributes\":{\"VisibilityTimeout\":\"77\"}}");
        sqs(
                cloud.port(),
                "SendMessage",
                "{\"QueueUrl\":\"http://localhost/000000000000/orders\",\"MessageBody\":\"hello\"}");

        createQueue("more");

        assertThat(command("diff", "before", "now"))
                .contains("~ " + QUEUE + "orders", "77", "1 added, 0 removed, 0 changed", "hello")
                .contains("+ " + QUEUE + "more")
                .doesNotContain("lot:");
    }

    @Test
    void aSnapshotIsExportedAndImportedUnderAnotherName() throws Exception {
        createQueue("orders");
        command("snapshot", "save", "one");
        Path file = directory.resolve("one.snapshot");

        command("snapshot", "export", "one", file.toString());
        command("snapshot", "import", "two", file.toString());

        assertThat(Files.size(file)).isPositive();
        assertThat(command("diff", "one", "two")).isEqualTo("There is no difference.\n");
    }

    @Test
    void aBranchAnswersAtItsOwnPortAndGoesItsOwnWay() throws Exception {
        createQueue("orders");

        String opened = command("branch", "fork");
        int port = Integer.parseInt(opened.replaceAll("(?s).*\"port\":(\\d+).*", "$1"));
        sqs(port, "CreateQueue", "{\"QueueName\":\"theirs\"}");
        createQueue("ours");

        assertThat(sqs(port, "ListQueues", "{}")).contains("orders", "theirs").doesNotContain("ours");
        assertThat(sqs(cloud.port(), "ListQueues", "{}"))
                .contains("orders", "ours")
                .doesNotContain("theirs");
        assertThat(command("branch", "list")).contains("\"name\":\"fork\"", "\"state\":\"running\"");
        assertThat(command("branch", "delete", "fork")).contains("true");
        assertThat(command("branch", "list")).contains("[]");
        assertThat(directory.resolve("data/branches")).isEmptyDirectory();
    }

    @Test
    void aBranchIsStoppedStartedAndThereAgainAfterARestart() throws Exception {
        createQueue("orders");
        String opened = command("branch", "fork");
        int port = Integer.parseInt(opened.replaceAll("(?s).*\"port\":(\\d+).*", "$1"));
        sqs(port, "CreateQueue", "{\"QueueName\":\"theirs\"}");

        assertThat(command("branch", "stop", "fork")).contains("\"state\":\"stopped\"");
        assertThatThrownBy(() -> sqs(port, "ListQueues", "{}")).isInstanceOf(ConnectException.class);
        assertThat(command("branch", "start", "fork")).contains("\"port\":" + port);
        sqs(port, "CreateQueue", "{\"QueueName\":\"later\"}");
        cloud.close();
        Files.createDirectories(directory.resolve("data/branches/halfway/rows"));
        cloud = start();

        assertThat(sqs(port, "ListQueues", "{}")).contains("orders", "theirs", "later");
        assertThat(sqs(cloud.port(), "ListQueues", "{}")).contains("orders").doesNotContain("theirs");
        assertThat(command("branch", "list")).contains("\"snapshot\":\"fork\"").doesNotContain("halfway");
        assertThat(send("POST", "branches", "{\"name\":\"fork\",\"snapshot\":\"fork\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "branches", "{\"name\":\"../fork\",\"snapshot\":\"fork\"}")
                        .body())
                .contains("is no name");
        assertThat(send("POST", "branches", "{\"name\":\"b\",\"snapshot\":\"fork\",\"port\":\"" + port + "\"}")
                        .body())
                .contains("Cannot listen");
    }

    @Test
    void thePastIsReplayedAndLoaded() throws Exception {
        createQueue("one");
        long sequence = cloud.world().store().sequence();
        createQueue("two");

        assertThat(command("replay", "--to", Long.toString(sequence), "--as", "then", "--load"))
                .contains("\"then\"");

        assertThat(sqs(cloud.port(), "ListQueues", "{}")).contains("one").doesNotContain("two");
    }

    @Test
    void theJournalTellsWhoDidWhatAndWaitsForMore() throws Exception {
        long before = cloud.world().store().sequence();
        createQueue("orders");

        String page = send("GET", "journal?after=" + before + "&service=sqs&resource=orders", "")
                .body();

        assertThat(page).contains("\"operation\":\"CreateQueue\"", QUEUE + "orders");
        assertThat(JournalText.of(page).text()).contains("sqs CreateQueue").contains("    + " + QUEUE + "orders");
        assertThat(send("GET", "journal?principal=nobody", "").body()).contains("\"entries\":[]");
    }

    @Test
    void whatCannotBeDoneIsExplained() throws Exception {
        for (String path : List.of("snapshots/none/load", "snapshots/a%20b/load", "replay", "branches")) {
            HttpResponse<String> answer = send("POST", path, "{}");
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("message");
        }
        assertThat(send("POST", "snapshots", "{\"name\":\"now\"}").statusCode()).isEqualTo(400);
        assertThat(send("GET", "diff?from=none", "").body()).contains("There is no snapshot 'none'.");
        assertThat(send("POST", "replay", "{\"to\":\"yesterday\"}").body()).contains("neither");
        assertThat(send("POST", "replay", "{\"to\":\"99999\"}").body()).contains("The journal goes from");
        assertThat(send("GET", "journal?after=x", "").statusCode()).isEqualTo(400);
        assertThat(send("DELETE", "branches/none", "").statusCode()).isEqualTo(400);
        assertThat(send("PUT", "snapshots", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(int port, HttpRequest.Builder request, String path) throws Exception {
        URI uri = URI.create("http://localhost:" + port + path);
        HttpResponse<String> answer = client.send(request.uri(uri).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s %s", path, answer.body()).isEqualTo(200);
        return answer;
    }

    private void dynamoDb(String operation, String body) throws Exception {
        var request = HttpRequest.newBuilder()
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(BodyPublishers.ofString(body));
        ask(cloud.port(), request, "/");
    }

    private void iam(String action) throws Exception {
        var request = HttpRequest.newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", signed("iam"))
                .POST(BodyPublishers.ofString("Version=2010-05-08&Action=" + action));
        ask(cloud.port(), request, "/");
    }

    private static String signed(String service) {
        return "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=0";
    }

    /// Rows, items, objects with blobs of their own, users, and what was deleted again: all of it is in the
    /// journal, and in the file that is carried elsewhere.
    @Test
    void theWholeJournalOfManyServicesIsTheStateAndIsCarriedElsewhere() throws Exception {
        String object = "x".repeat(300_000);
        createQueue("orders");
        dynamoDb(
                "CreateTable",
                "{\"TableName\":\"things\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}],"
                        + "\"AttributeDefinitions\":[{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}]}");
        for (int i = 0; i < 20; i++) {
            dynamoDb(
                    "PutItem",
                    "{\"TableName\":\"things\",\"Item\":{\"k\":{\"S\":\"" + i % 7 + "\"},\"n\":{\"N\":\"" + i
                            + "\"}}}");
        }
        dynamoDb("DeleteItem", "{\"TableName\":\"things\",\"Key\":{\"k\":{\"S\":\"3\"}}}");
        iam("CreateUser&UserName=alice");
        iam("CreateAccessKey&UserName=alice");
        var s3 = HttpRequest.newBuilder().header("Authorization", signed("s3"));
        ask(cloud.port(), s3.copy().PUT(BodyPublishers.noBody()), "/photos");
        ask(cloud.port(), s3.copy().PUT(BodyPublishers.ofString(object)), "/photos/large");
        ask(cloud.port(), s3.copy().PUT(BodyPublishers.ofString(object + "y")), "/photos/large");

        command("replay", "--to", Long.toString(cloud.world().store().sequence()), "--as", "all");

        assertThat(cloud.world().snapshots().version("all").digest())
                .isEqualTo(cloud.world().digest());
        assertThat(command("diff", "all")).isEqualTo("There is no difference.\n");
        Path file = directory.resolve("all.snapshot");
        command("snapshot", "export", "all", file.toString());
        try (Cloud other = Cloud.embed(List.of(), failures::add)) {
            try (var in = Files.newInputStream(file)) {
                other.world().snapshots().read("all", in);
            }
            other.world().snapshots().load("all");
            assertThat(ask(other.port(), s3.copy().GET(), "/photos/large").body())
                    .isEqualTo(object + "y");
            assertThat(sqs(other.port(), "ListQueues", "{}")).contains("orders");
        }
    }

    /// Every path of the description answers something else than 404, and no other does.
    @Test
    void theDescriptionIsThatOfTheApi() throws Exception {
        String text = send("GET", "openapi.json", "").body();
        var api = dev.cloudjar.kernel.Json.object(text).orElseThrow();

        assertThat(api.get("openapi")).isEqualTo("3.1.0");
        Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(api.get("paths"));
        assertThat(paths).hasSizeGreaterThan(15);
        for (Map.Entry<?, ?> path : paths.entrySet()) {
            for (Object method : ((Map<?, ?>) path.getValue()).keySet()) {
                String at = path.getKey().toString().replace("/_cloudjar/", "").replace("{name}", "none");
                assertThat(send(method.toString().toUpperCase(Locale.ROOT), at, "{}")
                                .statusCode())
                        .as("%s %s", method, at)
                        .isIn(200, 400);
            }
        }
    }
}
