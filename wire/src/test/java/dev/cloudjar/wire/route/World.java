package dev.cloudjar.wire.route;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A router over all services, and what it has opened of them.
final class World {
    static final Body NOTHING = Body.of(Blob.EMPTY);

    private final List<ServiceSchema.Facts> services = Schemas.catalog();
    private final Map<String, ServiceSchema> opened = new ConcurrentHashMap<>();
    private final Router router = new Router(services, this::schema);

    List<ServiceSchema.Facts> services() {
        return services;
    }

    ServiceSchema schema(String id) {
        return opened.computeIfAbsent(id, Schemas::open);
    }

    Set<String> opened() {
        return opened.keySet();
    }

    Router router() {
        return router;
    }

    static HttpRequest request(String method, String path, String query, Headers headers, Body body) {
        String host = headers.get("Host").orElse("localhost:4566");
        var peer = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);
        return new HttpRequest(method, host, path, query, headers, body, peer);
    }

    static Headers signed(String signingName) {
        return Headers.of(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20150830/us-east-1/" + signingName
                        + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");
    }
}
