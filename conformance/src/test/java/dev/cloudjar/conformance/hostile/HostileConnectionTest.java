package dev.cloudjar.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that lie about lengths, flood headers or send garbage lose nothing but themselves.
@OnCloud
class HostileConnectionTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n";

    private final TestCloud cloud;

    HostileConnectionTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    /// Whatever a test has done, the next client is answered.
    @AfterEach
    void othersAreStillServed() throws IOException {
        assertThat(list(cloud).status()).isEqualTo(200);
    }

    private static Answer list(TestCloud cloud) throws IOException {
        return cloud.exchange(Sent.post("/", "application/x-amz-json-1.0", "{}")
                .with("X-Amz-Target", "AmazonSQS.ListQueues")
                .by(cloud.account(), TestCloud.REGION, "sqs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001garbage",
                "GET\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense that is no frame at all",
                "G\0T / HTTP/1.1\r\n\r\n"
            })
    void garbageIsAnsweredOrCutOff(String bytes) throws IOException {
        try (var connection = Connection.to(cloud.server().port())) {
            connection.write(bytes);
            connection.finish();

            assertThat(endsOrRefuses(connection)).isTrue();
        }
    }

    /// HTTP/2 and TLS refuse in ways of their own, which end the connection.
    private static boolean endsOrRefuses(Connection connection) throws IOException {
        try {
            int status = connection.answer(false).status();
            return status >= 400 && status < 500;
        } catch (IOException | RuntimeException notHttp) {
            return true;
        }
    }

    @Test
    void tenGigabytesAreNotWaitedFor() throws IOException {
        try (var connection = Connection.to(cloud.server().port())) {
            connection.write(HEAD + "Content-Length: 10737418240\r\n\r\n{}");

            assertThat(connection.answer(false).status()).isBetween(400, 499);
        }
    }

    @Test
    void aTruncatedChunkIsNoEndOfTheBody() throws IOException {
        try (var connection = Connection.to(cloud.server().port())) {
            connection.write(HEAD + "Transfer-Encoding: chunked\r\n\r\nfff\r\n{}");
            connection.finish();

            assertThat(endsOrRefuses(connection)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zzz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n", "7fffffffffffffff\r\n{}", "ffffffffffffffffffff\r\n{}"
            })
    void aChunkOfAnAbsurdSizeIsRefused(String chunks) throws IOException {
        try (var connection = Connection.to(cloud.server().port())) {
            connection.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
            connection.finish();

            assertThat(endsOrRefuses(connection)).isTrue();
        }
    }

    @Test
    void aFloodOfHeadersIsRefused() throws IOException {
        try (var connection = Connection.to(cloud.server().port())) {
            connection.write("GET / HTTP/1.1\r\nHost: localhost\r\n");
            assertThat(floodIsStopped(connection)).isTrue();
        }
    }

    private static boolean floodIsStopped(Connection connection) throws IOException {
        try {
            for (int i = 0; i < 2_000; i++) {
                connection.write("X-Header-" + i + ": " + "y".repeat(1_000) + "\r\n");
            }
            connection.write("\r\n");
        } catch (IOException cutOff) {
            return true;
        }
        return endsOrRefuses(connection);
    }

    @Test
    void garbageAfterAProperRequestDoesNotTakeItsAnswer() throws IOException {
        String body = "{}";
        try (var connection = Connection.to(cloud.server().port())) {
            connection.write(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body + "garbage garbage\r\n\r\n");

            assertThat(connection.answer(false).status()).isEqualTo(200);
            assertThat(endsOrRefuses(connection)).isTrue();
        }
    }

    @Test
    void aHundredClientsThatSendNothingMoreKeepNobodyWaiting() throws IOException {
        var slow = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 100; i++) {
                Connection connection = Connection.to(cloud.server().port());
                slow.add(connection);
                connection.write(i % 2 == 0 ? "POST / HT" : HEAD + "Content-Length: 1000\r\n\r\n{");
            }

            assertThat(list(cloud).status()).isEqualTo(200);
        } finally {
            for (Connection connection : slow) {
                connection.close();
            }
        }
    }

    @Test
    void aClientThatGoesAwayLeavesNothingBehind() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (var connection = Connection.to(cloud.server().port())) {
                connection.write(HEAD + "Content-Length: 1000\r\n\r\n{");
            }
        }
    }
}
