package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How connections and the front door itself come to their ends.
@Timeout(120)
class LifeTest {
    @Test
    void closingLetsARunningRequestEnd() throws IOException {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var door = OpenDoor.with(request -> {
            entered.countDown();
            Waiting.on(leave);
            return HttpResponse.of(200, "text/plain", "done");
        });
        try (var client = door.connect();
                var idle = door.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            Waiting.on(entered);
            var closing = CompletableFuture.runAsync(door::close);
            assertThat(idle.isAtEnd()).isTrue();
            leave.countDown();
            RawClient.Answer answer = client.answer();
            assertThat(answer.text()).isEqualTo("done");
            assertThat(answer.fields()).containsEntry("connection", "close");
            assertThat(client.isAtEnd()).isTrue();
            closing.join();
        }
        assertThatThrownBy(door::connect).isInstanceOf(ConnectException.class);
    }

    @Test
    void closingInterruptsARequestThatOutstaysTheGrace() throws IOException {
        var interrupted = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        Limits.Timeouts usual = Limits.Timeouts.DEFAULT;
        Limits hasty = Limits.DEFAULT.with(
                new Limits.Timeouts(usual.head(), usual.body(), usual.idle(), usual.write(), Duration.ofMillis(50)));
        var door = OpenDoor.with(hasty, request -> {
            entered.countDown();
            try {
                Waiting.on(new CountDownLatch(1));
            } catch (java.io.InterruptedIOException expected) {
                interrupted.countDown();
            }
            return HttpResponse.empty(200);
        });
        try (var client = door.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            Waiting.on(entered);
            door.close();
            Waiting.on(interrupted);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void closingTwiceDoesNoHarm() throws IOException {
        var door = OpenDoor.echo();
        door.close();
        door.close();
        assertThatThrownBy(door::connect).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortThatIsTakenIsAnErrorThatNamesIt() throws IOException {
        try (var door = OpenDoor.echo()) {
            var settings = Settings.on("127.0.0.1", door.port(), InstantSource.system(), failure -> {});
            assertThatThrownBy(() -> FrontDoor.open(settings, OpenDoor::echoed).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + door.port());
        }
    }

    @Test
    void aWaitingHandlerIsInterruptedWhenItsClientGoesAway() throws IOException {
        var entered = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        try (var door = OpenDoor.with(request -> {
            entered.countDown();
            try {
                Waiting.on(new CountDownLatch(1));
            } catch (java.io.InterruptedIOException expected) {
                interrupted.countDown();
            }
            return HttpResponse.empty(200);
        })) {
            try (var client = door.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                Waiting.on(entered);
            }
            Waiting.on(interrupted);
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void aTruncatedUploadFailsTheHandlersRead() throws IOException {
        var seen = new LinkedBlockingQueue<IOException>();
        try (var door = OpenDoor.with(request -> {
            try {
                return OpenDoor.echoed(request);
            } catch (IOException failure) {
                seen.add(failure);
                throw failure;
            }
        })) {
            for (String framing : List.of("Content-Length: 100000", "Transfer-Encoding: chunked")) {
                try (var client = door.connect()) {
                    client.send("PUT / HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n3\r\nabc\r\n");
                }
                assertThat(Waiting.take(seen)).hasMessageContaining("closed the connection");
            }
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void aTruncatedSmallBodyNeverReachesTheHandler() throws IOException {
        var seen = new LinkedBlockingQueue<String>();
        try (var door = OpenDoor.with(request -> {
            seen.add(request.path());
            return HttpResponse.empty(200);
        })) {
            try (var client = door.connect()) {
                client.send("PUT /truncated HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            }
            try (var client = door.connect()) {
                client.get("/whole");
            }
            assertThat(seen).containsExactly("/whole");
        }
    }

    @Test
    void aDownloadThatItsClientLeavesClosesItsStreamWithoutReadingItAll() throws IOException {
        var closed = new CountDownLatch(1);
        var read = new long[1];
        InputStream endless = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int offset, int length) {
                read[0] += length;
                return length;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (var door = OpenDoor.with(
                request -> new HttpResponse(200, new Headers(), Body.of(OptionalLong.of(1L << 40), endless)))) {
            try (var client = door.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                client.in().readNBytes(1_000_000);
            }
            Waiting.on(closed);
            assertThat(read[0]).isLessThan(64L << 20);
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void oneConnectionTooManyIsTurnedAwayUntilAnotherEnds() throws IOException {
        try (var door = OpenDoor.with(Limits.DEFAULT.withConnections(2), OpenDoor::echoed)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RawClient client = door.connect();
                client.get("/");
                clients.add(client);
            }
            try (var third = door.connect()) {
                RawClient.Answer answer = third.get("/");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text()).isEqualTo("Too many connections\n");
                assertThat(third.isAtEnd()).isTrue();
            }
            assertThat(clients.getFirst().get("/").status()).isEqualTo(200);
            for (RawClient client : clients) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                client.answer();
                assertThat(client.isAtEnd()).isTrue();
                client.close();
            }
            try (var next = door.connect()) {
                assertThat(next.get("/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void whoSaysNothingMakesRoomForWhoDoes() throws IOException {
        try (var door = OpenDoor.with(Limits.DEFAULT.withConnections(4), OpenDoor::echoed)) {
            List<RawClient> silent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                silent.add(door.connect());
            }
            try (var client = door.connect()) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
            assertThat(silent.getFirst().isAtEnd()).isTrue();
            for (RawClient each : silent) {
                each.close();
            }
        }
    }
}
