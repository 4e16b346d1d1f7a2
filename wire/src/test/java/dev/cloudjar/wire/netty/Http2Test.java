package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// HTTP/2 with prior knowledge, as SDKs speak it to event streams.
@Timeout(120)
class Http2Test {
    @Test
    void aRequestReachesTheHandlerAsItWasSent() throws Exception {
        var seen = new LinkedBlockingQueue<HttpRequest>();
        try (var door = OpenDoor.with(request -> {
                    seen.add(request);
                    return HttpResponse.of(200, "text/plain", "hello");
                });
                var client = new Http2Client(door.port())) {
            RawClient.Answer answer = client.open()
                    .head("POST", "/a%20b?q=1", false, "x-amz-target", "T.Op", "content-length", "2")
                    .data(Http2Client.bytes("hi"), true)
                    .answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.fields())
                    .containsEntry("content-type", "text/plain")
                    .containsEntry("content-length", "5")
                    .containsKey("date");
            HttpRequest request = seen.remove();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.host()).isEqualTo("here:1");
            assertThat(request.path()).isEqualTo("/a%20b");
            assertThat(request.query()).isEqualTo("q=1");
            assertThat(request.headers().get("Host")).contains("here:1");
            assertThat(request.headers().get("X-Amz-Target")).contains("T.Op");
            assertThat(request.body()).isEqualTo(Body.of(Blob.of("hi")));
        }
    }

    @Test
    void requestsOnOneConnectionRunAtTheSameTime() throws Exception {
        var all = new CountDownLatch(20);
        try (var door = OpenDoor.with(request -> {
                    all.countDown();
                    Waiting.on(all);
                    return OpenDoor.echoed(request);
                });
                var client = new Http2Client(door.port())) {
            List<Http2Client.Exchange> open = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                open.add(client.open().head("GET", "/" + i, true));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(open.get(i).answer().text()).isEqualTo("GET /" + i + " ");
            }
        }
    }

    @Test
    void largeBodiesGoBothWays() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(2).nextBytes(bytes);
        try (var door = OpenDoor.with(request -> new HttpResponse(
                        200,
                        new Headers(),
                        request.path().equals("/stream")
                                ? Body.of(OptionalLong.empty(), request.body().open())
                                : Body.of(Blob.of(request.body().open().readAllBytes()))));
                var client = new Http2Client(door.port())) {
            for (String path : List.of("/stream", "/whole")) {
                Http2Client.Exchange exchange = client.open().head("PUT", path, false);
                var sending = CompletableFuture.runAsync(() -> {
                    try {
                        exchange.data(bytes, true);
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                });
                assertThat(exchange.answer().body()).isEqualTo(bytes);
                sending.join();
            }
        }
    }

    @Test
    void headHasTheLengthButNotTheBody() throws Exception {
        try (var door = OpenDoor.with(request -> HttpResponse.of(200, "text/plain", "twelve bytes"));
                var client = new Http2Client(door.port())) {
            RawClient.Answer answer = client.open().head("HEAD", "/", true).answer();
            assertThat(answer.fields()).containsEntry("content-length", "12");
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void aHandlerThatThrowsIsAnsweredWithoutDetailAndReported() throws Exception {
        try (var door = OpenDoor.with(request -> {
                    throw new IllegalStateException("secret");
                });
                var client = new Http2Client(door.port())) {
            RawClient.Answer answer = client.get("/");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).isEmpty();
            assertThat(door.failures()).hasSize(1);
        }
    }

    @Test
    void aWaitingHandlerIsInterruptedWhenItsStreamIsReset() throws Exception {
        var entered = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        try (var door = OpenDoor.with(request -> {
                    if (request.path().equals("/poll")) {
                        entered.countDown();
                        try {
                            Waiting.on(new CountDownLatch(1));
                        } catch (java.io.InterruptedIOException expected) {
                            interrupted.countDown();
                        }
                    }
                    return HttpResponse.empty(200);
                });
                var client = new Http2Client(door.port())) {
            Http2Client.Exchange poll = client.open().head("GET", "/poll", true);
            Waiting.on(entered);
            poll.reset();
            Waiting.on(interrupted);
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void anUploadThatItsClientResetsFailsTheHandlersRead() throws Exception {
        var seen = new LinkedBlockingQueue<IOException>();
        var entered = new CountDownLatch(1);
        try (var door = OpenDoor.with(request -> {
                    entered.countDown();
                    try {
                        return OpenDoor.echoed(request);
                    } catch (IOException failure) {
                        seen.add(failure);
                        throw failure;
                    }
                });
                var client = new Http2Client(door.port())) {
            Http2Client.Exchange upload = client.open().head("PUT", "/", false).data(Http2Client.bytes("abc"), false);
            Waiting.on(entered);
            upload.reset();
            assertThat(Waiting.take(seen)).hasMessageContaining("closed the connection");
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void anAnswerThatBreaksOffResetsItsStreamAlone() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }
        };
        try (var door = OpenDoor.with(request -> request.path().equals("/broken")
                        ? new HttpResponse(200, new Headers(), Body.of(OptionalLong.empty(), broken))
                        : HttpResponse.empty(200));
                var client = new Http2Client(door.port())) {
            Http2Client.Exchange exchange = client.open().head("GET", "/broken", true);
            Object frame = exchange.frame();
            if (frame instanceof Http2HeadersFrame) {
                frame = exchange.frame();
            }
            assertThat(frame)
                    .isInstanceOfSatisfying(
                            Http2ResetFrame.class,
                            reset -> assertThat(reset.errorCode()).isEqualTo(Http2Error.INTERNAL_ERROR.code()));
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void aLongBodyThatNobodyReadsIsCutShortAfterTheAnswer() throws Exception {
        try (var door = OpenDoor.with(request -> HttpResponse.empty(403));
                var client = new Http2Client(door.port())) {
            Http2Client.Exchange exchange = client.open().head("PUT", "/", false, "content-length", "900000000");
            assertThat(exchange.answer().status()).isEqualTo(403);
            assertThat(exchange.frame())
                    .isInstanceOfSatisfying(
                            Http2ResetFrame.class,
                            reset -> assertThat(reset.errorCode()).isEqualTo(Http2Error.NO_ERROR.code()));
            assertThat(client.get("/").status()).isEqualTo(403);
        }
    }

    @Test
    void aClientThatWaitsToBeToldToContinueIsTold() throws Exception {
        try (var door = OpenDoor.echo();
                var client = new Http2Client(door.port())) {
            Http2Client.Exchange exchange =
                    client.open().head("PUT", "/", false, "expect", "100-continue", "content-length", "100000");
            assertThat(((Http2HeadersFrame) exchange.frame()).headers().status())
                    .hasToString("100");
            exchange.data(new byte[100_000], true);
            assertThat(exchange.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void anUploadThatStopsIsCutOff() throws Exception {
        Limits.Timeouts usual = Limits.Timeouts.DEFAULT;
        Limits hasty = Limits.DEFAULT.with(
                new Limits.Timeouts(usual.head(), Duration.ofMillis(100), usual.idle(), usual.write(), usual.grace()));
        try (var door = OpenDoor.with(hasty, OpenDoor::echoed);
                var client = new Http2Client(door.port())) {
            assertThat(client.open().head("PUT", "/streamed", false).answer().status())
                    .isEqualTo(408);
            assertThat(client.open()
                            .head("PUT", "/", false, "content-length", "10")
                            .frame())
                    .isInstanceOf(Http2ResetFrame.class);
        }
    }

    @Test
    void tooManyHeaderFieldsAreRefused() throws Exception {
        try (var door = OpenDoor.echo();
                var client = new Http2Client(door.port())) {
            String[] fields = new String[400];
            java.util.Arrays.setAll(fields, i -> "f" + i);
            assertThat(client.open().head("GET", "/", true, fields).answer().status())
                    .isEqualTo(431);
            assertThat(client.open()
                            .head("GET", "/" + "x".repeat(17_000), true)
                            .answer()
                            .status())
                    .isEqualTo(414);
        }
    }

    @Test
    void closingTheDoorLetsARunningStreamEnd() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var door = OpenDoor.with(request -> {
            entered.countDown();
            Waiting.on(leave);
            return OpenDoor.echoed(request);
        });
        try (var client = new Http2Client(door.port())) {
            Http2Client.Exchange running = client.open().head("GET", "/last", true);
            Waiting.on(entered);
            var closing = CompletableFuture.runAsync(door::close);
            leave.countDown();
            assertThat(running.answer().text()).isEqualTo("GET /last ");
            closing.join();
            client.channel().closeFuture().sync();
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        Limits.Timeouts usual = Limits.Timeouts.DEFAULT;
        Limits hasty = Limits.DEFAULT.with(
                new Limits.Timeouts(usual.head(), usual.body(), Duration.ofMillis(100), usual.write(), usual.grace()));
        try (var door = OpenDoor.with(hasty, OpenDoor::echoed);
                var client = new Http2Client(door.port())) {
            assertThat(client.get("/").status()).isEqualTo(200);
            client.channel().closeFuture().sync();
        }
    }
}
