package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are no proper HTTP get a short answer and the end of their connection; they never reach a handler.
@Timeout(120)
class MalformedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "\0\1\2\3 / HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nbad name: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nx: a\0b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nx : y\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\nx",
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\nx",
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\nabc",
                "PUT / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void aMalformedHeadIsRefused(String sent) throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            RawClient.Answer answer = client.send(sent).answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.fields())
                    .containsEntry("connection", "close")
                    .containsEntry("content-type", "text/plain");
            assertThat(answer.text()).isEqualTo("Bad Request\n");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void aVersionThatIsNotSpokenIsNamed() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            assertThat(client.send("GET / HTTP/3.0\r\nHost: h\r\n\r\n").answer().status())
                    .isEqualTo(505);
        }
    }

    @Test
    void anExpectationThatIsNotKnownFails() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(417);
        }
    }

    @Test
    void aLineTooLongIsRefusedAndOneWithinTheLimitIsNot() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            assertThat(client.get("/" + "x".repeat(16_000)).status()).isEqualTo(200);
            assertThat(client.get("/" + "x".repeat(17_000)).status()).isEqualTo(414);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void headerFieldsTooLargeAreRefusedAndThoseWithinTheLimitAreNot() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            client.send("GET /in HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(64_000) + "\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("GET /in ");
            client.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(10_000_000) + "\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(431);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void tooManyHeaderFieldsAreRefused() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            client.send("GET /in HTTP/1.1\r\nHost: h\r\n" + "a: b\r\n".repeat(199) + "\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            client.send("GET / HTTP/1.1\r\nHost: h\r\n" + "a: b\r\n".repeat(200) + "\r\n");
            assertThat(client.answer().status()).isEqualTo(431);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n", "-1\r\n", "5\r\nabcdefgh", "ffffffffffffffff\r\n", "\r\n\r\n"})
    void aMalformedChunkSurfacesToTheHandlerThatReadsIt(String chunk) throws IOException {
        var seen = new LinkedBlockingQueue<IOException>();
        try (var door = OpenDoor.with(request -> {
                    try {
                        request.body().open().readAllBytes();
                    } catch (IOException failure) {
                        seen.add(failure);
                    }
                    return HttpResponse.empty(418);
                });
                var client = door.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n" + chunk);
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.fields()).containsEntry("connection", "close");
            assertThat(seen).hasSize(1);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void whatFollowsAMalformedRequestIsNotServed() throws IOException {
        try (var door = OpenDoor.echo();
                var client = door.connect()) {
            client.send("GET / HTTP/1.1\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.isAtEnd()).isTrue();
        }
    }
}
