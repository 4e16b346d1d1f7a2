package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;

/// Requests to an operation of a real service, decoded.
final class Sent {
    private static final HttpRequest.Peer PEER = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);

    private final Codecs codecs = new Codecs();
    private final OperationSchema operation;
    private final Protocol protocol;

    Sent(String service, String operation, Protocol protocol) {
        this.operation = Schemas.open(service).operation(operation).orElseThrow();
        this.protocol = protocol;
    }

    OperationSchema operation() {
        return operation;
    }

    ProtocolCodec codec() {
        return codecs.of(protocol);
    }

    Struct body(String body) throws IOException {
        return body(Blob.of(body).bytes());
    }

    Struct body(byte[] body) throws IOException {
        return request("", new Headers(), Blob.of(body));
    }

    Struct query(String query) throws IOException {
        return request(query, new Headers(), Blob.EMPTY);
    }

    Struct header(String name, String value) throws IOException {
        return request("", Headers.of(name, value), Blob.EMPTY);
    }

    Struct label(String name, String value) throws IOException {
        return codec().decode(operation, http("", new Headers(), Blob.EMPTY), Map.of(name, value));
    }

    private Struct request(String query, Headers headers, Blob body) throws IOException {
        return codec().decode(operation, http(query, headers, body), Map.of());
    }

    private HttpRequest http(String query, Headers headers, Blob body) {
        return new HttpRequest(operation.http().method(), "localhost", "/", query, headers, Body.of(body), PEER);
    }
}
