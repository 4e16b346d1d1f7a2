package dev.cloudjar.wire.auth;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Keys, services and requests that the tests of this package share.
final class Samples {
    static final String ID = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final SecretKeys KEYS =
            id -> id.equals(ID) ? Optional.of(SecretKeys.SecretKey.of(SECRET)) : Optional.empty();
    static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    static final HttpRequest.Peer PEER = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);
    static final OperationSchema.Checksum CHECKSUM =
            new OperationSchema.Checksum(false, Optional.of("ChecksumAlgorithm"), Optional.empty(), List.of());

    private Samples() {}

    static Endpoint s3() {
        return endpoint("s3", Protocol.REST_XML, facts(List.of(), Optional.of(CHECKSUM), false));
    }

    static Endpoint plain(Protocol protocol) {
        return plain("service", protocol);
    }

    static Endpoint plain(String signingName, Protocol protocol) {
        return endpoint(signingName, protocol, OperationSchema.Facts.PLAIN);
    }

    static OperationSchema.Facts facts(
            List<String> auth, Optional<OperationSchema.Checksum> checksum, boolean compressed) {
        return new OperationSchema.Facts(
                auth, Optional.empty(), checksum, compressed, false, false, false, Optional.empty());
    }

    static Endpoint endpoint(String signingName, Protocol protocol, OperationSchema.Facts facts) {
        var service = new ServiceSchema.Facts(
                signingName,
                signingName,
                signingName,
                "2015-08-30",
                signingName,
                signingName,
                List.of(protocol),
                Optional.empty(),
                Optional.empty(),
                false);
        var empty = new StructShape("Empty", List.of(), StructShape.Facts.PLAIN, Struct::new);
        var shapes = new OperationSchema.Shapes(() -> empty, () -> empty, List::of, Optional.empty(), Optional.empty());
        var schema = new ServiceSchema(
                service,
                owner -> List.of(new OperationSchema(
                        owner, "Operate", 0, new OperationSchema.Http("POST", "/", 200), facts, shapes)),
                ServiceSchema.Shapes.NONE,
                List::of);
        return Endpoint.of(schema.operations().getFirst(), protocol);
    }

    static Body bytes(String text) {
        return Body.of(Blob.of(text));
    }

    static Body streamed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Body.of(OptionalLong.of(bytes.length), new ByteArrayInputStream(bytes));
    }

    static HttpRequest request(String method, String path, String query, Headers headers, Body body) {
        String host = headers.get("Host").orElse("example.amazonaws.com");
        return new HttpRequest(method, host, path, query, headers, body, PEER);
    }

    /// The shapes of a service that has none.
    private static final class NoShapes implements ServiceSchema.Shapes {
        @Override
        public @Nullable Shape find(String name) {
            return null;
        }

        @Override
        public List<String> names() {
            return List.of();
        }
    }
}
