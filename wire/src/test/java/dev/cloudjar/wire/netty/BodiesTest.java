package dev.cloudjar.wire.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bodies of every kind, in both directions, over plain HTTP/1.
@Timeout(120)
class BodiesTest {
    private static final int LARGE = 3_000_000;

    @TempDir
    private Path directory;

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static HttpResponse kindOf(HttpRequest request) throws IOException {
        long sum = 0;
        try (InputStream in = new BufferedInputStream(request.body().open())) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                sum += next;
            }
        }
        String kind = request.body().getClass().getSimpleName();
        return HttpResponse.of(200, "text/plain", kind + request.body().length() + sum);
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (byte each : bytes) {
            sum += each & 0xff;
        }
        return sum;
    }

    @Test
    void smallBodiesComeAsBytesAndLargeOnesAsStreams() throws IOException {
        try (var door = OpenDoor.with(BodiesTest::kindOf);
                var client = door.connect()) {
            for (int size : new int[] {0, 1, 65_536, 65_537, LARGE}) {
                byte[] body = random(size);
                client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n")
                        .send(body);
                String kind = size <= 65_536 ? "Bytes" : "Streamed";
                assertThat(client.answer().text()).isEqualTo(kind + OptionalLong.of(size) + sum(body));
            }
        }
    }

    @Test
    void aChunkedBodyIsAStreamOfUnknownLength() throws IOException {
        byte[] body = random(200_000);
        try (var door = OpenDoor.with(BodiesTest::kindOf);
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < body.length; at += 12_345) {
                byte[] chunk = Arrays.copyOfRange(body, at, Math.min(body.length, at + 12_345));
                client.send(Integer.toHexString(chunk.length) + ";ignored=1\r\n")
                        .send(chunk)
                        .send("\r\n");
            }
            client.send("0\r\nTrailer: ignored\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("Streamed" + OptionalLong.empty() + sum(body));
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("Streamed" + OptionalLong.empty() + 0);
        }
    }

    @Test
    void bodiesBeyondTheMemorySetAsideForThemAreStreamed() throws IOException {
        Limits tight = Limits.DEFAULT.with(new Limits.Bodies(1000, 1500, 1000));
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        try (var door = OpenDoor.with(tight, request -> {
                    if (request.path().equals("/held")) {
                        entered.countDown();
                        Waiting.on(leave);
                    }
                    return kindOf(request);
                });
                var holding = door.connect();
                var other = door.connect()) {
            String body = "\0".repeat(1000);
            holding.send("PUT /held HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + body);
            Waiting.on(entered);
            other.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + body);
            assertThat(other.answer().text()).startsWith("Streamed");
            leave.countDown();
            assertThat(holding.answer().text()).startsWith("Bytes");
            other.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + body);
            assertThat(other.answer().text()).startsWith("Bytes");
        }
    }

    @Test
    void answersOfAnySizeArriveWhole() throws IOException {
        try (var door = OpenDoor.with(request -> {
                    byte[] bytes = random(Integer.parseInt(request.path().substring(2)));
                    Body body = request.path().charAt(1) == 'b'
                            ? Body.of(Blob.of(bytes))
                            : Body.of(OptionalLong.of(bytes.length), new ByteArrayInputStream(bytes));
                    return new HttpResponse(200, new Headers(), body);
                });
                var client = door.connect()) {
            for (int size : new int[] {0, 1, 65_536, 131_072, 131_073, LARGE}) {
                assertThat(client.get("/b" + size).body()).isEqualTo(random(size));
                assertThat(client.get("/s" + size).body()).isEqualTo(random(size));
            }
        }
    }

    @Test
    void stretchesOfFilesArriveWhole() throws IOException {
        byte[] bytes = random(LARGE);
        Path file = Files.write(directory.resolve("file"), bytes);
        try (var door = OpenDoor.with(request -> {
                    String[] range = request.path().substring(1).split("-");
                    return new HttpResponse(
                            206, new Headers(), Body.of(file, Long.parseLong(range[0]), Long.parseLong(range[1])));
                });
                var client = door.connect()) {
            for (int offset : new int[] {0, 1, 1_000_000}) {
                for (int size : new int[] {0, 1, 65_536, 65_537, 2_000_000}) {
                    assertThat(client.get("/" + offset + "-" + size).body())
                            .isEqualTo(Arrays.copyOfRange(bytes, offset, offset + size));
                }
            }
        }
    }

    @Test
    void aFileThatIsNotThereOrTooShortIsAFailureNotABrokenAnswer() throws IOException {
        Path file = Files.write(directory.resolve("short"), random(100));
        try (var door = OpenDoor.with(request -> new HttpResponse(
                        200,
                        new Headers(),
                        Body.of(directory.resolve(request.path().substring(1)), 0, 101)));
                var client = door.connect()) {
            assertThat(client.get("/absent").status()).isEqualTo(500);
            assertThat(client.get("/" + file.getFileName()).status()).isEqualTo(500);
            assertThat(door.failures()).hasSize(2);
        }
    }

    @Test
    void aStreamThatEndsTooEarlyBreaksTheConnection() throws IOException {
        var closed = new CountDownLatch(1);
        InputStream tooShort = new ByteArrayInputStream(random(10)) {
            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (var door = OpenDoor.with(
                        request -> new HttpResponse(200, new Headers(), Body.of(OptionalLong.of(11), tooShort)));
                var client = door.connect()) {
            assertThatThrownBy(() -> client.get("/")).isInstanceOf(IOException.class);
            Waiting.on(closed);
        }
    }

    @Test
    void aStreamedAnswerArrivesAsItIsMade() throws IOException {
        var pieces = new LinkedBlockingQueue<byte[]>();
        try (var door = OpenDoor.with(request ->
                        new HttpResponse(200, new Headers(), Body.of(OptionalLong.empty(), new Pieces(pieces))));
                var client = door.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
            client.fields();
            pieces.add("one".getBytes(US_ASCII));
            assertThat(client.line()).isEqualTo("3");
            assertThat(client.line()).isEqualTo("one");
            pieces.add("three".getBytes(US_ASCII));
            assertThat(client.line()).isEqualTo("5");
            assertThat(client.line()).isEqualTo("three");
            pieces.add(new byte[0]);
            assertThat(client.line()).isEqualTo("0");
        }
    }

    /// A stream of what a test puts into a queue, until it puts nothing.
    private static final class Pieces extends InputStream {
        private final LinkedBlockingQueue<byte[]> pieces;

        Pieces(LinkedBlockingQueue<byte[]> pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            byte[] next = Waiting.take(pieces);
            System.arraycopy(next, 0, into, offset, next.length);
            return next.length == 0 ? -1 : next.length;
        }
    }

    @Test
    void anAnswerMayBeMadeFromABodyThatIsStillArriving() throws IOException {
        byte[] body = random(LARGE);
        try (var door = OpenDoor.with(request -> new HttpResponse(
                        200,
                        new Headers(),
                        Body.of(request.body().length(), request.body().open())));
                var client = door.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + LARGE + "\r\n\r\n");
            var sending = CompletableFuture.runAsync(() -> Waiting.unchecked(() -> client.send(body)));
            assertThat(client.answer().body()).isEqualTo(body);
            sending.join();
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatNobodyReadsIsSkippedIfItIsShort() throws IOException {
        try (var door = OpenDoor.with(request -> HttpResponse.empty(403));
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(403);
            client.send(random(200_000));
            assertThat(client.get("/").status()).isEqualTo(403);
        }
    }

    @Test
    void aLongBodyThatNobodyReadsEndsTheConnectionAfterTheAnswer() throws IOException {
        try (var door = OpenDoor.with(request -> HttpResponse.empty(403));
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000000\r\n\r\n")
                    .send(random(100_000));
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.fields()).containsEntry("connection", "close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void anEndlessChunkedBodyThatNobodyReadsEndsTheConnection() throws IOException {
        try (var door = OpenDoor.with(request -> HttpResponse.empty(403));
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(403);
            byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(US_ASCII);
            for (int i = 0; i < 5; i++) {
                client.send(chunk);
            }
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aClientThatWaitsToBeToldToContinueIsTold() throws IOException {
        try (var door = OpenDoor.with(BodiesTest::kindOf);
                var client = door.connect()) {
            for (int size : new int[] {10, 0, 100_000, 0, 10}) {
                client.send(
                        "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: " + size + "\r\n\r\n");
                assertThat(client.answer().status()).isEqualTo(100);
                client.send(random(size));
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aHandlerThatRefusesALargeBodyUnreadSparesTheClientSendingIt() throws IOException {
        try (var door = OpenDoor.with(request -> HttpResponse.empty(403));
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n");
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.fields()).containsEntry("connection", "close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void theBodyOfARequestEndsWithItsExchange() throws IOException {
        var kept = new LinkedBlockingQueue<InputStream>();
        try (var door = OpenDoor.with(request -> {
                    kept.add(request.body().open());
                    return HttpResponse.empty(200);
                });
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            assertThatThrownBy(() -> kept.remove().read())
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(EOFException.class);
        }
    }
}
