package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.netty.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The port by the JDK's own server, before a handler that answers what it was sent.
class PlainDoorTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final PlainDoor door;

    PlainDoorTest() throws IOException {
        var settings = Settings.on("127.0.0.1", 0, InstantSource.system(), failures::add);
        door = PlainDoor.open(settings, PlainDoorTest::echo);
    }

    private static HttpResponse echo(dev.cloudjar.wire.http.HttpRequest request) throws IOException {
        InputStream body = request.body().open();
        boolean measured = request.query().isEmpty();
        String said = request.method() + " " + request.host().replaceAll(":\\d+", "") + request.path() + "?"
                + request.query() + " ";
        InputStream all =
                new SequenceInputStream(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)), body);
        OptionalLong length = measured
                ? OptionalLong.of(said.length() + request.body().length().orElseThrow())
                : OptionalLong.empty();
        return new HttpResponse(201, Headers.of("x-amzn-requestid", "one"), Body.of(length, all));
    }

    @AfterEach
    void close() {
        door.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void requestsAndAnswersPassWhole() throws Exception {
        var answer = send("POST", "/a%2Fb", "body");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("POST localhost/a%2Fb? body");
        assertThat(answer.headers().firstValue("content-length")).contains("26");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).contains("one");
    }

    @Test
    void anAnswerOfUnknownLengthIsChunked() throws Exception {
        assertThat(send("PUT", "/?a=%20b", "body").body()).isEqualTo("PUT localhost/?a=%20b body");
    }

    @Test
    void aHeadSaysTheLengthAlone() throws Exception {
        var answer = send("HEAD", "/", "");

        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("content-length")).contains("17");
    }

    private java.net.http.HttpResponse<String> send(String method, String target, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + door.port() + target))
                                .method(
                                        method,
                                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
