package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudjar.conformance.client.Sent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Large objects that functions write come as they are written, and end where the function ends.
@Tag("acceptance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LambdaStreamTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LambdaCloud lambda;

    LambdaStreamTest() throws IOException {
        lambda = new LambdaCloud();
    }

    @AfterAll
    void stop() {
        lambda.close();
    }

    /// Has the waiting read answered by `body`, of so many bytes, and answers with what status it was taken.
    private int writeSlowly(JsonNode event, long length, InputStream body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(lambda.cloud().endpoint().resolve("/WriteGetObjectResponse"))
                .header(
                        "x-amz-request-route",
                        event.at("/getObjectContext/outputRoute").asText())
                .header(
                        "x-amz-request-token",
                        event.at("/getObjectContext/outputToken").asText())
                .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), length));
        Sent.get("/").by(LambdaCloud.ACCOUNT, "us-east-1", "s3").headers().forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void whatAFunctionWritesIsReadWhileItIsWriting() throws IOException {
        byte[] half = "half".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        var read = new CountDownLatch(1);
        var taken = new LinkedBlockingQueue<Integer>();
        String alias = lambda.through("slow", "GetObject", event -> {
            var body = new SequenceInputStream(
                    new ByteArrayInputStream(half), new Awaiting(read, new ByteArrayInputStream(half)));
            taken.add(writeSlowly(event, 2L * half.length, body));
            return "{}";
        });

        try (var answer = lambda.s3().getObject(g -> g.bucket(alias).key("a/quiet.txt"))) {
            assertThat(answer.response().contentLength()).isEqualTo(2L * half.length);
            assertThat(answer.readNBytes(half.length / 2)).isEqualTo(Arrays.copyOf(half, half.length / 2));
            assertThat(taken).isEmpty();
            read.countDown();
            assertThat(answer.readAllBytes()).hasSize(half.length * 3 / 2);
        }
        assertThat(poll(taken)).isEqualTo(200);
    }

    private static int poll(LinkedBlockingQueue<Integer> taken) {
        try {
            return taken.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFunctionThatBreaksOffBreaksOffTheRead() throws IOException {
        byte[] half = "half".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        var read = new CountDownLatch(1);
        String alias = lambda.through("broken", "GetObject", event -> {
            var broken = new Awaiting(read, new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("the function breaks off");
                }
            });
            assertThatThrownBy(() -> writeSlowly(
                            event, 2L * half.length, new SequenceInputStream(new ByteArrayInputStream(half), broken)))
                    .isInstanceOf(IOException.class);
            return "{}";
        });

        try (var answer = lambda.s3().getObject(g -> g.bucket(alias).key("a/quiet.txt"))) {
            assertThat(answer.readNBytes(half.length / 2)).hasSize(half.length / 2);
            read.countDown();
            assertThatThrownBy(answer::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    /// Bytes that are not there before somebody says so.
    private static final class Awaiting extends FilterInputStream {
        private final CountDownLatch allowed;

        Awaiting(CountDownLatch allowed, InputStream in) {
            super(in);
            this.allowed = allowed;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                allowed.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("told to stop");
            }
            int octet = super.read();
            if (octet >= 0) {
                into[offset] = (byte) octet;
            }
            return octet < 0 ? -1 : 1;
        }
    }
}
