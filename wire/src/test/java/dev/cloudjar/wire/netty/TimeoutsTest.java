package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A client that stops in the middle of something does not hold its connection for ever.
@Timeout(120)
class TimeoutsTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(10);

    private static Limits limits(Duration head, Duration body, Duration idle, Duration write) {
        return Limits.DEFAULT.with(new Limits.Timeouts(head, body, idle, write, Duration.ofSeconds(5)));
    }

    @Test
    void aConnectionThatNeverSaysAnythingIsClosed() throws IOException {
        try (var door = OpenDoor.with(limits(SHORT, LONG, LONG, LONG), OpenDoor::echoed);
                var client = door.connect()) {
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aHeadThatIsNeverFinishedIsAnswered408() throws IOException {
        try (var door = OpenDoor.with(limits(SHORT, LONG, LONG, LONG), OpenDoor::echoed);
                var first = door.connect()) {
            first.send("GET / HTTP/1.1\r\nHost: h\r\n");
            assertThat(first.answer().status()).isEqualTo(408);
            try (var second = door.connect()) {
                second.get("/");
                second.send("GET / HT");
                assertThat(second.answer().status()).isEqualTo(408);
                assertThat(second.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void dripsOfAHeadDoNotProlongIt() throws IOException {
        try (var door = OpenDoor.with(limits(SHORT, LONG, LONG, LONG), OpenDoor::echoed);
                var client = door.connect()) {
            client.send("GET / HTTP/1.1\r\n");
            client.socket().setSoTimeout(20);
            int status = 0;
            for (int i = 0; status == 0 && i < 1000; i++) {
                client.send("a: b\r\n");
                status = statusIfAny(client);
            }
            assertThat(status).isEqualTo(408);
        }
    }

    @Test
    void dripsOfASmallBodyDoNotProlongIt() throws IOException {
        try (var door = OpenDoor.with(limits(LONG, SHORT, LONG, LONG), OpenDoor::echoed);
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n");
            client.socket().setSoTimeout(20);
            int status = 0;
            for (int i = 0; status == 0 && i < 1000; i++) {
                client.send("x");
                status = statusIfAny(client);
            }
            assertThat(status).isEqualTo(408);
        }
    }

    private static int statusIfAny(RawClient client) throws IOException {
        try {
            return client.answer().status();
        } catch (java.net.SocketTimeoutException none) {
            return 0;
        }
    }

    @Test
    void aSmallBodyThatNeverComesIsAnswered408() throws IOException {
        try (var door = OpenDoor.with(limits(LONG, SHORT, LONG, LONG), OpenDoor::echoed);
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aLargeBodyThatStopsFailsTheHandlersReadAndIsAnswered408() throws IOException {
        var seen = new LinkedBlockingQueue<IOException>();
        try (var door = OpenDoor.with(limits(LONG, SHORT, LONG, LONG), request -> {
                    try {
                        return OpenDoor.echoed(request);
                    } catch (IOException failure) {
                        seen.add(failure);
                        throw failure;
                    }
                });
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nabc");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isAtEnd()).isTrue();
            assertThat(seen).hasSize(1);
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void aConnectionThatIdlesIsClosedWithoutAWord() throws IOException {
        try (var door = OpenDoor.with(limits(LONG, LONG, SHORT, LONG), OpenDoor::echoed);
                var client = door.connect()) {
            client.get("/");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aHandlerMayTakeLongerThanAnyTimeout() throws IOException {
        var leave = new CountDownLatch(1);
        try (var door = OpenDoor.with(limits(SHORT, SHORT, SHORT, SHORT), request -> {
                    if (request.path().equals("/slow")) {
                        Waiting.on(leave);
                    }
                    return OpenDoor.echoed(request);
                });
                var slow = door.connect();
                var other = door.connect()) {
            slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            other.get("/");
            assertThat(other.isAtEnd()).isTrue();
            leave.countDown();
            assertThat(slow.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatDoesNotTakeItsAnswerIsCutOff() throws IOException {
        var closed = new CountDownLatch(1);
        try (var door = OpenDoor.with(
                        limits(LONG, LONG, LONG, SHORT),
                        request -> new HttpResponse(
                                200, new Headers(), Body.of(OptionalLong.empty(), new Endless(closed))));
                var client = door.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            Waiting.on(closed);
        }
    }

    /// Never ends, and tells when it is closed.
    private static final class Endless extends InputStream {
        private final CountDownLatch closed;

        Endless(CountDownLatch closed) {
            this.closed = closed;
        }

        @Override
        public int read() {
            return 'x';
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
