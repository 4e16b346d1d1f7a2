package dev.cloudjar.wire.netty;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpHandler;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.time.InstantSource;

/// The way in for callers of the same JVM: without a socket, and with answers as the [FrontDoor] would send
/// them. A request runs on its caller's thread.
public final class SideDoor implements HttpHandler {
    private final HttpHandler handler;
    private final InstantSource clock;

    public SideDoor(HttpHandler handler, InstantSource clock) {
        this.handler = handler;
        this.clock = clock;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        HttpResponse response = handler.handle(request);
        boolean bodiless = Framing.isBodiless(request, response);
        long length = bodiless
                ? Framing.bodilessLength(response)
                : response.body().length().orElse(Reply.UNKNOWN);
        var headers = new Headers();
        response.headers().forEach((name, value) -> {
            if (!Framing.isOurs(name)) {
                headers.add(name, value);
            }
        });
        if (length >= 0) {
            headers.add("Content-Length", Long.toString(length));
        }
        headers.add("Date", HttpDate.format(clock.instant()));
        return new HttpResponse(response.status(), headers, bodiless ? without(response.body()) : response.body());
    }

    private static Body without(Body unread) throws IOException {
        if (unread instanceof Body.Streamed streamed) {
            streamed.stream().close();
        }
        return Body.of(Blob.EMPTY);
    }
}
