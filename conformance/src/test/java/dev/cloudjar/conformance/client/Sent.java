package dev.cloudjar.conformance.client;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A request as it goes over the wire, but for what a connection adds: `Content-Length`, and `Host` unless it is
/// here. `target` is the path with its query.
public record Sent(String method, String target, Map<String, String> headers, byte[] body) {
    public static Sent post(String target, String contentType, byte[] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", contentType);
        return new Sent("POST", target, headers, body);
    }

    public static Sent post(String target, String contentType, String body) {
        return post(target, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Sent get(String target) {
        return new Sent("GET", target, new LinkedHashMap<>(), new byte[0]);
    }

    public Sent with(String name, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Sent(method, target, changed, body);
    }

    /// The header of a caller whose key nobody checks; `key` may be an account.
    public Sent by(String key, String region, String signingName) {
        return with(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/" + region + "/" + signingName
                        + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=0");
    }
}
