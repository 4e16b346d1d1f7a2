package dev.cloudjar.wire.http;

import java.io.IOException;

/// Answers a request, on a virtual thread of its own; it may block. The thread is interrupted if the client goes away.
@FunctionalInterface
public interface HttpHandler {
    HttpResponse handle(HttpRequest request) throws IOException;
}
