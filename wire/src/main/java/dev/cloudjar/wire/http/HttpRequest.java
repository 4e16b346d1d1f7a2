package dev.cloudjar.wire.http;

import dev.cloudjar.model.Body;
import java.net.InetAddress;

/// A request as it came. `path` and `query` are raw, still percent-encoded (`query` without the question mark, empty
/// where there is none); `host` is the `Host` header or `:authority`, port included.
public record HttpRequest(
        String method, String host, String path, String query, Headers headers, Body body, Peer peer) {
    /// Who sent it, and whether over TLS.
    public record Peer(InetAddress address, boolean secure) {}

    /// The same request with another body, such as one freed of its `aws-chunked` framing.
    public HttpRequest withBody(Body other) {
        return new HttpRequest(method, host, path, query, headers, other, peer);
    }
}
