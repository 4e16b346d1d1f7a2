package dev.cloudjar.conformance.mutants;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A server that gives one kind of answer to everything.
final class Stub implements AutoCloseable {
    /// What it answers.
    enum Kind {
        CONSTANT_ERROR,
        EMPTY,
        CONSTANT_EXAMPLE,
        ECHO
    }

    private record Reply(int status, byte[] body) {
        static Reply of(int status, String text) {
            return new Reply(status, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Kind kind;
    private final ServiceSchema sqs = Schemas.open("sqs");
    private final HttpServer server;

    Stub(Kind kind) throws IOException {
        this.kind = kind;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        Reply reply = switch (kind) {
            case CONSTANT_ERROR ->
                Reply.of(400, "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"No.\"}");
            case EMPTY -> Reply.of(200, "{}");
            case CONSTANT_EXAMPLE -> example(exchange);
            case ECHO -> new Reply(200, request);
        };
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
        exchange.close();
    }

    private Reply example(HttpExchange exchange) {
        String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .orElse("");
        OperationSchema operation =
                sqs.operation(target.substring(target.indexOf('.') + 1)).orElseThrow();
        try {
            return new Reply(200, Samples.exampleJson(operation.output()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
