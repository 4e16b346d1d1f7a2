package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// HTTP/1 as clients speak it when nothing is wrong.
@Timeout(120)
class Http1Test {
    @Test
    void requestsOnOneConnectionAreAnsweredInTurn() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            assertThat(client.get("/one").text()).isEqualTo("GET /one ");
            assertThat(client.get("/two").text()).isEqualTo("GET /two ");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheOrderTheyCame() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            var requests = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                requests.append("POST /").append(i).append(" HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
            }
            client.send(requests.toString());
            for (int i = 0; i < 500; i++) {
                assertThat(client.answer().text()).isEqualTo("POST /" + i + " abc");
            }
        }
    }

    @Test
    void aRequestReachesTheHandlerAsItWasSent() throws Exception {
        BlockingQueue<HttpRequest> seen = new LinkedBlockingQueue<>();
        try (var door = OpenDoor.with(request -> {
                    seen.add(request);
                    return HttpResponse.empty(200);
                });
                var client = door.connect()) {
            client.send("PUT /a%20b/c?x=%2F&y HTTP/1.1\r\nHost: b.s3.localhost:4566\r\nX-Amz-Meta-A: 1\r\nx-amz-meta-a:"
                            + " caf\u00e9\r\nContent-Length: 2\r\n\r\nhi")
                    .answer();
            HttpRequest request = seen.take();
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/a%20b/c");
            assertThat(request.query()).isEqualTo("x=%2F&y");
            assertThat(request.host()).isEqualTo("b.s3.localhost:4566");
            assertThat(request.headers().all("x-amz-meta-a")).containsExactly("1", "caf\u00e9");
            assertThat(request.body()).isEqualTo(Body.of(Blob.of("hi")));
            assertThat(request.peer().address().isLoopbackAddress()).isTrue();
            assertThat(request.peer().secure()).isFalse();
        }
    }

    @Test
    void aTargetInAbsoluteFormNamesItsHost() throws IOException {
        try (var door = OpenDoor.with(request -> HttpResponse.of(
                        200, "text/plain", request.host() + "|" + request.path() + "|" + request.query()));
                var client = door.connect()) {
            client.send("GET http://real:1/p?q HTTP/1.1\r\nHost: other\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("real:1|/p|q");
            client.send("GET http://real?q HTTP/1.1\r\nHost: other\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("real|/|q");
        }
    }

    @Test
    void anAnswerHasALengthADateAndTheHandlersFields() throws IOException {
        Instant second = Instant.parse("2026-02-03T04:05:06.789Z");
        try (var door = OpenDoor.with(
                        settings -> new Settings(
                                settings.host(),
                                0,
                                settings.limits(),
                                settings.tls(),
                                InstantSource.fixed(second),
                                settings.failures()),
                        request -> new HttpResponse(
                                201,
                                Headers.of("ETag", "\"x\"", "Content-Length", "999", "Connection", "upgrade"),
                                Body.of(Blob.of("four"))));
                var client = door.connect()) {
            RawClient.Answer answer = client.get("/");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.fields())
                    .containsEntry("etag", "\"x\"")
                    .containsEntry("content-length", "4")
                    .containsEntry("date", "Tue, 03 Feb 2026 04:05:06 GMT")
                    .doesNotContainKey("connection");
        }
    }

    @Test
    void theHandlersOwnDateStands() throws IOException {
        try (var door = OpenDoor.with(
                        request -> new HttpResponse(200, Headers.of("Date", "then"), Body.of(Blob.EMPTY)));
                var client = door.connect()) {
            assertThat(client.get("/").fields()).containsEntry("date", "then");
        }
    }

    @Test
    void headHasTheLengthButNotTheBody() throws IOException {
        try (var door = OpenDoor.with(request -> request.path().equals("/declared")
                        ? new HttpResponse(200, Headers.of("Content-Length", "12345"), Body.of(Blob.EMPTY))
                        : HttpResponse.of(200, "text/plain", "twelve bytes"));
                var client = door.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.headAnswer().fields()).containsEntry("content-length", "12");
            client.send("HEAD /declared HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.headAnswer().fields()).containsEntry("content-length", "12345");
            assertThat(client.get("/").text()).isEqualTo("twelve bytes");
        }
    }

    @Test
    void noContentAndNotModifiedHaveNoBody() throws IOException {
        try (var door = OpenDoor.with(request ->
                        HttpResponse.of(Integer.parseInt(request.path().substring(1)), "text/plain", "lost"));
                var client = door.connect()) {
            assertThat(client.get("/204").fields()).doesNotContainKey("content-length");
            assertThat(client.get("/304").status()).isEqualTo(304);
            assertThat(client.get("/200").text()).isEqualTo("lost");
        }
    }

    @Test
    void aBodyOfUnknownLengthIsChunkedAndTheConnectionStays() throws IOException {
        try (var door = OpenDoor.with(Unmeasured::streamed);
                var client = door.connect()) {
            RawClient.Answer answer = client.get("/");
            assertThat(answer.fields()).containsEntry("transfer-encoding", "chunked");
            assertThat(answer.text()).isEqualTo("some text");
            assertThat(client.get("/").text()).isEqualTo("some text");
        }
    }

    /// Answers of unknown length.
    private static final class Unmeasured {
        static HttpResponse streamed(HttpRequest request) {
            byte[] text = "some text".getBytes(StandardCharsets.US_ASCII);
            return new HttpResponse(200, new Headers(), Body.of(OptionalLong.empty(), new ByteArrayInputStream(text)));
        }
    }

    @Test
    void http10EndsTheConnectionUnlessAskedToKeepIt() throws IOException {
        try (var door = OpenDoor.echo();
                var brief = door.connect();
                var kept = door.connect()) {
            assertThat(brief.send("GET /a HTTP/1.0\r\n\r\n").answer().text()).isEqualTo("GET /a ");
            assertThat(brief.isAtEnd()).isTrue();
            kept.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(kept.answer().fields()).containsEntry("connection", "keep-alive");
            assertThat(kept.get("/b").text()).isEqualTo("GET /b ");
        }
    }

    @Test
    void anHttp10ClientGetsABodyOfUnknownLengthUntilTheEndOfTheConnection() throws IOException {
        try (var door = OpenDoor.with(Unmeasured::streamed);
                var client = door.connect()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawClient.Answer answer = client.answer();
            assertThat(answer.fields()).doesNotContainKeys("transfer-encoding", "content-length");
            assertThat(answer.text()).isEqualTo("some text");
        }
    }

    @Test
    void connectionCloseIsHonouredFromEitherSide() throws IOException {
        try (var door = OpenDoor.with(request -> new HttpResponse(
                        200,
                        request.path().equals("/bye") ? Headers.of("Connection", "close") : new Headers(),
                        Body.of(Blob.of("x"))));
                var asking = door.connect();
                var told = door.connect()) {
            asking.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(asking.answer().fields()).containsEntry("connection", "close");
            assertThat(asking.isAtEnd()).isTrue();
            assertThat(told.get("/bye").fields()).containsEntry("connection", "close");
            assertThat(told.isAtEnd()).isTrue();
        }
    }

    @Test
    void aHandlerThatThrowsIsAnsweredWithoutDetailAndReported() throws IOException {
        var failure = new IllegalStateException("secret");
        try (var door = OpenDoor.with(request -> {
                    throw failure;
                });
                var client = door.connect()) {
            RawClient.Answer answer = client.get("/");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).isEmpty();
            assertThat(client.get("/").status()).isEqualTo(500);
            assertThat(door.failures()).containsExactly(failure, failure);
        }
    }

    @Test
    void aLineBreakInAFieldOfTheAnswerIsRefused() throws IOException {
        try (var door = OpenDoor.with(request ->
                        new HttpResponse(200, Headers.of("X", "a\r\nSet-Cookie: b"), Body.of(Blob.of("body"))));
                var client = door.connect()) {
            RawClient.Answer answer = client.get("/");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.fields()).doesNotContainKeys("x", "set-cookie");
            assertThat(door.failures()).hasSize(1);
        }
    }
}
