package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A cloud that is an object of its caller's JVM.
class EmbeddedTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Cloud> clouds = new ArrayList<>();

    @AfterEach
    void nothingWentWrongInside() {
        clouds.forEach(Cloud::close);
        assertThat(failures).isEmpty();
    }

    @Test
    void answersWithoutASocket() throws IOException {
        HttpResponse answer = caller(embed(), "GetCallerIdentity");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).contains("arn:aws:iam::000000000000:root");
        assertThat(answer.headers().get("Content-Length"))
                .contains(Integer.toString(text(answer).length()));
    }

    @Test
    void answersAtAPortOnceAskedForOne() throws Exception {
        Cloud cloud = embed("--clock=2031-02-03T04:05:06Z");

        URI clock = URI.create("http://localhost:" + cloud.port() + "/_cloudjar/clock");

        assertThat(HttpClient.newHttpClient()
                        .send(java.net.http.HttpRequest.newBuilder(clock).build(), BodyHandlers.ofString())
                        .body())
                .contains("2031-02-03T04:05:06");
        assertThat(cloud.port()).isEqualTo(clock.getPort());
    }

    @Test
    void aHeadIsAnsweredWithoutABody() throws IOException {
        HttpResponse answer = send(embed(), "HEAD", "/_localstack/health", "");

        assertThat(text(answer)).isEmpty();
        assertThat(answer.headers().get("Content-Length")).isPresent().get().isNotEqualTo("0");
    }

    @Test
    void theSameSeedMakesTheSameIds() throws IOException {
        String one = text(caller(embed("--seed=7"), "GetCallerIdentity"));

        assertThat(text(caller(embed("--seed=7"), "GetCallerIdentity"))).isEqualTo(one);
        assertThat(text(caller(embed("--seed=8"), "GetCallerIdentity"))).isNotEqualTo(one);
    }

    @Test
    void aClockThatWasSetStandsThere() throws IOException {
        Cloud cloud = embed("--clock=2029-12-31T23:59:59Z");

        assertThat(cloud.world().time().now()).isEqualTo(Instant.parse("2029-12-31T23:59:59Z"));
        assertThat(cloud.world().time().pace().scale()).isZero();
    }

    @Test
    void theCallsAreRemembered() throws IOException {
        Cloud cloud = embed("--clock=2029-12-31T23:59:59Z");
        caller(cloud, "GetCallerIdentity");
        caller(cloud, "GetAccessKeyInfo");

        assertThat(text(send(cloud, "GET", "/_cloudjar/calls", "")))
                .contains("\"at\":\"2029-12-31T23:59:59Z\",\"service\":\"sts\",\"operation\":\"GetCallerIdentity\","
                        + "\"account\":\"000000000000\",\"region\":\"us-east-1\","
                        + "\"caller\":\"arn:aws:iam::000000000000:root\",\"error\":\"\"")
                .contains("\"operation\":\"GetAccessKeyInfo\"")
                .contains("\"error\":\"ValidationError\"");

        send(cloud, "POST", "/_cloudjar/reset", "");

        assertThat(text(send(cloud, "GET", "/_cloudjar/calls", ""))).isEqualTo("{\"calls\":[]}\n");
    }

    @Test
    void noMoreCallsAreKeptThanThereIsRoomFor() throws IOException {
        Cloud cloud = embed();
        for (int i = 0; i < 1030; i++) {
            caller(cloud, "GetCallerIdentity");
        }

        assertThat(text(send(cloud, "GET", "/_cloudjar/calls", "")).split("requestId"))
                .hasSize(1025);
    }

    private Cloud embed(String... options) throws IOException {
        Cloud cloud = Cloud.embed(List.of(options), failures::add);
        clouds.add(cloud);
        return cloud;
    }

    private static HttpResponse caller(Cloud cloud, String action) throws IOException {
        return send(cloud, "POST", "/", "Action=" + action + "&Version=2011-06-15");
    }

    private static HttpResponse send(Cloud cloud, String method, String path, String body) throws IOException {
        var headers = Headers.of("Content-Type", "application/x-www-form-urlencoded");
        var peer = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);
        return cloud.handle(new HttpRequest(method, "localhost", path, "", headers, Body.of(Blob.of(body)), peer));
    }

    private static String text(HttpResponse response) throws IOException {
        try (InputStream body = response.body().open()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
