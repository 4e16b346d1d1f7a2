package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Bodies far larger than what may be held pass through, and whoever is slow slows the other side down.
@Timeout(120)
class BackPressureTest {
    private static final long GIBIBYTE = 1L << 30;

    /// What sockets and queues may hold between two sides, generously.
    private static final long IN_BETWEEN = 32L << 20;

    @Test
    void aGibibyteGoesUp() throws IOException {
        try (var door = OpenDoor.with(request -> {
                    long count = request.body().open().transferTo(OutputStream.nullOutputStream());
                    return HttpResponse.of(200, "text/plain", Long.toString(count));
                });
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + GIBIBYTE + "\r\n\r\n");
            byte[] piece = new byte[1 << 20];
            for (long sent = 0; sent < GIBIBYTE; sent += piece.length) {
                client.send(piece);
            }
            assertThat(client.answer().text()).isEqualTo(Long.toString(GIBIBYTE));
        }
    }

    @Test
    void aGibibyteComesDown() throws IOException {
        try (var door = OpenDoor.with(request ->
                        new HttpResponse(200, new Headers(), Body.of(OptionalLong.of(GIBIBYTE), new Zeros())));
                var client = door.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.line();
            client.fields();
            byte[] piece = new byte[1 << 20];
            long left = GIBIBYTE;
            while (left > 0) {
                left -= client.in().readNBytes(piece, 0, (int) Math.min(left, piece.length));
            }
            assertThat(client.in().available()).isZero();
        }
    }

    private static final class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return length;
        }
    }

    @Test
    void aClientCannotSendFarAheadOfTheHandlerThatReads() throws Exception {
        long size = 256L << 20;
        var read = new CountDownLatch(1);
        var counted = new CompletableFuture<Long>();
        try (var door = OpenDoor.with(request -> {
                    Waiting.on(read);
                    counted.complete(request.body().open().transferTo(OutputStream.nullOutputStream()));
                    return HttpResponse.empty(200);
                });
                var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()));
                var selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);
            long sent = sendUntilFull(channel, selector, size);
            assertThat(sent).isLessThan(IN_BETWEEN);
            read.countDown();
            while (sent < size) {
                sent += sendUntilFull(channel, selector, size - sent);
            }
            assertThat(counted.get()).isEqualTo(size);
        }
    }

    /// Sends until the socket takes nothing for half a second.
    private static long sendUntilFull(SocketChannel channel, Selector selector, long most) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(1 << 20);
        long sent = 0;
        while (sent < most && selector.select(500) > 0) {
            selector.selectedKeys().clear();
            piece.clear().limit((int) Math.min(piece.capacity(), most - sent));
            sent += channel.write(piece);
        }
        return sent;
    }
}
