package dev.cloudjar.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Twenty clients that misbehave in one way, a piece at a time, and one that does not: it is answered after each
/// piece, over the connection it has and over a new one.
@OnCloud
class AbuseTest {
    private static final int ABUSERS = 20;
    private static final int PIECES = 60;
    private static final int SOMETIMES = 10;
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\n";
    private static final String LIST =
            HEAD + "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n";

    private final TestCloud cloud;

    AbuseTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    static Stream<Arguments> ways() {
        String slow = LIST + "Content-Length: 2\r\n\r\n";
        String half = LIST + "Content-Length: 100\r\n\r\n{";
        return Stream.of(
                way("a byte of a head at a time", i -> slow.substring(i, i + 1)),
                way("a field of a head at a time", i -> i == 0 ? HEAD : "X-" + i + ": y\r\n"),
                way(
                        "a byte of a declared 10 GB at a time",
                        i -> i == 0 ? LIST + "Content-Length: 10737418240\r\n\r\n" : "x"),
                way(
                        "a byte of an endless chunk at a time",
                        i -> i == 0 ? LIST + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n" : "x"),
                way("a kilobyte of a field at a time", i -> i == 0 ? HEAD + "X-Long: " : "y".repeat(1_000)),
                way("a hundred fields at a time", i -> i == 0 ? HEAD : ("X-" + i + ": y\r\n").repeat(100)),
                way("half of a request and then nothing", i -> i == 0 ? half : ""),
                way("garbage after proper requests", i -> i % 2 == 0 ? slow + "{}" : "garbage\0garbage\r\n\r\n"),
                way("many requests without reading an answer", i -> (slow + "{}").repeat(20)));
    }

    private static Arguments way(String name, IntFunction<String> piece) {
        return Arguments.of(name, piece);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void keepsNobodyElseWaiting(String name, IntFunction<String> piece) throws IOException {
        List<Connection> abusers = new ArrayList<>();
        try (Connection honest = Connection.to(cloud.server().port())) {
            for (int i = 0; i < ABUSERS; i++) {
                abusers.add(Connection.to(cloud.server().port()));
            }
            for (int i = 0; i < PIECES; i++) {
                for (Connection abuser : List.copyOf(abusers)) {
                    if (!sends(abuser, piece.apply(i))) {
                        abusers.remove(abuser);
                    }
                }
                assertThat(honest.exchange(list()).status()).isEqualTo(200);
                if (i % SOMETIMES == 0) {
                    try (Connection fresh = Connection.to(cloud.server().port())) {
                        assertThat(fresh.exchange(list()).status()).isEqualTo(200);
                    }
                }
            }
        } finally {
            for (Connection abuser : abusers) {
                abuser.close();
            }
        }
    }

    /// Whether the server has not hung up yet. Half of an end of a connection is no reason to.
    private static boolean sends(Connection abuser, String piece) throws IOException {
        try {
            abuser.write(piece);
            if (piece.isEmpty()) {
                abuser.finish();
            }
            return true;
        } catch (IOException cutOff) {
            abuser.close();
            return false;
        }
    }

    private Sent list() {
        return Sent.post("/", "application/x-amz-json-1.0", "{}")
                .with("X-Amz-Target", "AmazonSQS.ListQueues")
                .by(cloud.account(), TestCloud.REGION, "sqs");
    }
}
