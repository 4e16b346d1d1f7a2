package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The admin API, and who may reach the cloud at all, over real HTTP.
class AdminTest {
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Cloud cloud;
    private final HttpClient client = HttpClient.newHttpClient();

    AdminTest() throws IOException {
        cloud = Cloud.start(List.of("--memory", "--port", "0"), Map.of(), System.out::println, failures::add);
    }

    @AfterEach
    void nothingWentWrongInside() {
        cloud.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void advancingTheClockMovesTheWorld() throws Exception {
        var before = cloud.world().time().now();

        assertThat(post("/_cloudjar/clock", "{\"advance\": \"30d\"}").statusCode())
                .isEqualTo(200);

        assertThat(Duration.between(before, cloud.world().time().now())).isGreaterThanOrEqualTo(Duration.ofDays(30));
    }

    @Test
    void aFrozenClockStandsStill() throws Exception {
        post("/_cloudjar/clock", "{\"freeze\": true}");

        String first = get("/_cloudjar/clock").body();

        assertThat(first).contains("\"frozen\":true");
        assertThat(get("/_cloudjar/clock").body()).isEqualTo(first);
    }

    @Test
    void ordersThatTheClockCannotFollowAreExplained() throws Exception {
        for (String order : List.of(
                "{\"advance\": \"soon\"}",
                "{\"stop\": 1}",
                "{",
                "[1]",
                "{}",
                "{\"scale\": -1}",
                "{\"scale\": \"x\"}")) {
            HttpResponse<String> answer = post("/_cloudjar/clock", order);

            assertThat(answer.statusCode()).as(order).isEqualTo(400);
            assertThat(answer.body()).as(order).contains("message");
        }
    }

    @Test
    void healthNamesTheServicesAsLocalStackDoes() throws Exception {
        assertThat(get("/_localstack/health").body()).contains("\"sts\":\"available\"");
        assertThat(get("/_localstack/info").body()).contains("\"version\"");
    }

    @Test
    void coverageCountsEveryOperationOfEveryService() throws Exception {
        assertThat(get("/_cloudjar/coverage").body())
                .startsWith("{\"families\":[{\"family\":\"compute\",\"modelled\":\"")
                .contains("\"snowball\":{\"name\":\"Amazon Import/Export Snowball\",\"operations\":27,\"built\":0")
                .contains("\"operationsBuilt\":[\"AddPermission\",")
                .contains("{\"operation\":\"CreateQueue\",\"answered\":\"yes\",\"laws\":\"written is read back");
    }

    @Test
    void aPageFromElsewhereMayNotAsk() throws Exception {
        assertThat(send("GET", "/_cloudjar/clock", "", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "/_cloudjar/clock", "", "Origin", "null").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aLocalPageMayAskAndRead() throws Exception {
        HttpResponse<String> answer = send("GET", "/_cloudjar/clock", "", "Origin", "http://localhost:3000");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:3000");
    }

    @Test
    void aBrowserIsToldWhatItsPageMaySend() throws Exception {
        HttpResponse<String> answer = send(
                "OPTIONS",
                "/",
                "",
                "Origin",
                "http://app.localhost",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "x-amz-target");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains("x-amz-target");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("http://app.localhost");
    }

    @Test
    void whatIsNotThereIsSaidSo() throws Exception {
        assertThat(get("/_cloudjar/nothing").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + cloud.port() + path))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
