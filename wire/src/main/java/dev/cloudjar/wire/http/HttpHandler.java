package dev.cloudjar.wire.http;

import java.io.IOException;

/// Answers a request, on a virtual thread of its own; it may block.
@FunctionalInterface
public interface HttpHandler {
    HttpResponse handle(HttpRequest request) throws IOException;
}
