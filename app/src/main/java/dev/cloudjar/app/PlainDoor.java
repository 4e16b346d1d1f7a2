package dev.cloudjar.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpHandler;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.netty.Settings;
import dev.cloudjar.wire.netty.SideDoor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/// A port for tests on whose class path an older Netty has won, as the AWS SDK brings one: HTTP/1.1 by the
/// JDK's own server, without TLS.
final class PlainDoor implements AutoCloseable {
    private static final long CHUNKED = 0;
    private static final long NO_BODY = -1;

    private final HttpServer server;

    private PlainDoor(HttpServer server) {
        this.server = server;
    }

    /// Whether the front door cannot open for want of its Netty.
    static boolean isNeeded() {
        return PlainDoor.class.getClassLoader().getResource("io/netty/channel/nio/NioIoHandler.class") == null;
    }

    static PlainDoor open(Settings settings, HttpHandler handler) throws IOException {
        var inside = new SideDoor(handler, settings.clock());
        HttpServer server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        server.createContext("/", exchange -> answer(exchange, inside));
        server.setExecutor(request -> Thread.ofVirtual().start(request));
        server.start();
        return new PlainDoor(server);
    }

    private static void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
        try (exchange) {
            HttpResponse response = handler.handle(request(exchange));
            response.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(response.status(), length(exchange, response));
            try (InputStream body = response.body().open()) {
                body.transferTo(exchange.getResponseBody());
            }
        }
    }

    private static long length(HttpExchange exchange, HttpResponse response) {
        OptionalLong length = response.body().length();
        boolean bodiless =
                length.orElse(NO_BODY) == 0 || exchange.getRequestMethod().equals("HEAD");
        return bodiless ? NO_BODY : length.orElse(CHUNKED);
    }

    private static HttpRequest request(HttpExchange exchange) {
        var headers = new Headers();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        URI target = exchange.getRequestURI();
        Optional<String> length = headers.get("Content-Length");
        OptionalLong known = length.isPresent()
                ? OptionalLong.of(Long.parseLong(length.get()))
                : headers.has("Transfer-Encoding") ? OptionalLong.empty() : OptionalLong.of(0);
        return new HttpRequest(
                exchange.getRequestMethod(),
                headers.get("Host").orElse(""),
                target.getRawPath(),
                Optional.ofNullable(target.getRawQuery()).orElse(""),
                headers,
                Body.of(known, exchange.getRequestBody()),
                new HttpRequest.Peer(exchange.getRemoteAddress().getAddress(), false));
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
