package dev.cloudjar.wire.http;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;

/// An answer. The front door adds what HTTP itself needs: `Content-Length` or chunking, `Date`, connection
/// handling.
public record HttpResponse(int status, Headers headers, Body body) {
    /// No answer: the connection is reset, or the stream where several share one.
    public static final HttpResponse RESET = empty(500);

    public static HttpResponse of(int status, String contentType, String text) {
        return new HttpResponse(status, Headers.of("Content-Type", contentType), Body.of(Blob.of(text)));
    }

    public static HttpResponse empty(int status) {
        return new HttpResponse(status, new Headers(), Body.of(Blob.EMPTY));
    }
}
