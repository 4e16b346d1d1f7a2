package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// However an exchange ends, its buffers are given back.
@Timeout(120)
class LeakTest {
    private static final int TIMES = 20;

    @Test
    void noEndingLosesABuffer() throws Exception {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        Queue<String> leaks = new ConcurrentLinkedQueue<>();
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(records));
        try (var door = OpenDoor.with(LeakTest::answer)) {
            for (int i = 0; i < TIMES; i++) {
                leaveInTheMiddle(door, "PUT /read HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n");
                leaveInTheMiddle(door, "PUT /ignore HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n");
                leaveInTheMiddle(door, "PUT /read HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n");
                leaveInTheMiddle(door, "PUT /throw HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n");
                leaveInTheMiddle(door, "GET /endless HTTP/1.1\r\nHost: h\r\n\r\n");
                leaveInTheMiddle(door, "GET /read HTTP/1.1\r\nHost: h\r\n\r\n".repeat(50));
                leaveInTheMiddle(door, "nonsense\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
                streams(door);
            }
        }
        loseGarbage();
        ByteBufUtil.setLeakListener(null);
        assertThat(leaks).isEmpty();
    }

    private static HttpResponse answer(HttpRequest request) throws IOException {
        return switch (request.path()) {
            case "/ignore" -> HttpResponse.empty(200);
            case "/throw" -> throw new IllegalStateException();
            case "/endless" -> new HttpResponse(200, new Headers(), Body.of(OptionalLong.of(1L << 40), endless()));
            default -> OpenDoor.echoed(request);
        };
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
    }

    private static void leaveInTheMiddle(OpenDoor door, String request) throws IOException {
        try (var client = door.connect()) {
            client.send(request).send(new byte[50_000]);
        }
    }

    private static void streams(OpenDoor door) throws Exception {
        try (var client = new Http2Client(door.port())) {
            Http2Client.Exchange read =
                    client.open().head("PUT", "/read", false).data(new byte[50_000], false);
            client.open().head("PUT", "/ignore", false).data(new byte[50_000], false);
            Http2Client.Exchange endless = client.open().head("GET", "/endless", true);
            client.get("/read");
            read.reset();
            endless.drop();
        }
    }

    /// A buffer that is lost is found once it has been collected and another one is made.
    private static void loseGarbage() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            var collected = new CountDownLatch(1);
            java.lang.ref.Cleaner.create().register(new Object(), collected::countDown);
            System.gc();
            collected.await();
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
    }
}
