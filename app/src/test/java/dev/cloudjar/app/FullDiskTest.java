package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.TightDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a full disk a call fails with 503 and the reason, in the words of its protocol, and leaves nothing
/// behind; reads go on, and with space so do writes.
class FullDiskTest {
    private static final String REASON = "No space left on device";

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final TightDisk disk;
    private final Path directory;
    private final World world;
    private final Cloud cloud;
    private final HttpClient client = HttpClient.newHttpClient();

    FullDiskTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        disk = new TightDisk(directory.resolve("rows"));
        world = World.over(disk.open(), directory, World.Settings.DEFAULT, Services.ALL);
        Options options = Options.inMemory(List.of());
        cloud = Cloud.over(world, options, RootKey.find(options, Map.of(), world.ids()), failures::add);
    }

    @AfterEach
    void close() {
        cloud.close();
        world.close();
    }

    private HttpResponse<String> call(String target, String type, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + cloud.port() + "/"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (!target.isEmpty()) {
            request.header("X-Amz-Target", target);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> sqs(String operation, String body) throws Exception {
        return call("AmazonSQS." + operation, "application/x-amz-json-1.0", body);
    }

    private HttpResponse<String> s3(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + cloud.port() + path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .method(method, BodyPublishers.noBody());
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String queue(String name) {
        return "\"QueueUrl\":\"http://localhost:4566/000000000000/" + name + "\"";
    }

    private String depth() throws Exception {
        String asked = "{" + queue("orders") + ",\"AttributeNames\":[\"ApproximateNumberOfMessages\"]}";
        return sqs("GetQueueAttributes", asked).body();
    }

    @Test
    void callsFailInTheWordsOfTheirProtocolAndLeaveNothingBehind() throws Exception {
        assertThat(sqs("CreateQueue", "{\"QueueName\":\"orders\"}").statusCode())
                .isEqualTo(200);
        assertThat(sqs("SendMessage", "{" + queue("orders") + ",\"MessageBody\":\"1\"}")
                        .statusCode())
                .isEqualTo(200);
        disk.fill(true);

        assertJson(sqs("SendMessage", "{" + queue("orders") + ",\"MessageBody\":\"2\"}"));
        assertJson(sqs("CreateQueue", "{\"QueueName\":\"more\"}"));
        assertXml(
                call("", "application/x-www-form-urlencoded", "Action=CreateQueue&Version=2012-11-05&QueueName=more"),
                "ErrorResponse");
        assertXml(s3("PUT", "/bucket"), "Error");

        assertThat(depth()).contains("\"ApproximateNumberOfMessages\":\"1\"");
        assertThat(sqs("ListQueues", "{}").body()).contains("orders").doesNotContain("more");
        assertThat(s3("HEAD", "/bucket").statusCode()).isEqualTo(404);
        assertThat(failures).isNotEmpty().allMatch(StoreException.class::isInstance);
    }

    private static void assertJson(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-amz-json-1.0");
        assertThat(answer.body()).contains("\"__type\":", "ServiceUnavailable", REASON);
    }

    private static void assertXml(HttpResponse<String> answer, String root) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("<" + root, "<Code>ServiceUnavailable</Code>", REASON, "</" + root + ">");
    }

    @Test
    void withSpaceAgainTheSameCallsSucceedAndLast() throws Exception {
        assertThat(sqs("CreateQueue", "{\"QueueName\":\"orders\"}").statusCode())
                .isEqualTo(200);
        disk.fill(true);
        for (int i = 0; i < 5; i++) {
            assertJson(sqs("SendMessage", "{" + queue("orders") + ",\"MessageBody\":\"refused\"}"));
        }
        disk.fill(false);

        assertThat(sqs("SendMessage", "{" + queue("orders") + ",\"MessageBody\":\"kept\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(s3("PUT", "/bucket").statusCode()).isEqualTo(200);
        assertThat(depth()).contains("\"ApproximateNumberOfMessages\":\"1\"");
        String digest = world.digest();
        cloud.close();
        world.close();
        var again = new TightDisk(directory.resolve("rows")).open();
        assertThat(again.versions().now().digest()).isEqualTo(digest);
        again.close();
    }
}
