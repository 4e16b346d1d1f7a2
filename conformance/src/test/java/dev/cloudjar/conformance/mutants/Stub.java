package dev.cloudjar.conformance.mutants;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.netty.FrontDoor;
import dev.cloudjar.wire.netty.Settings;
import dev.cloudjar.wire.protocol.Codecs;
import dev.cloudjar.wire.protocol.ProtocolCodec;
import dev.cloudjar.wire.route.Router;
import dev.cloudjar.wire.route.Routing;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A server that gives one kind of answer to everything, in the protocol in which it was asked.
final class Stub implements AutoCloseable {
    /// What it answers.
    enum Kind {
        CONSTANT_ERROR,
        EMPTY,
        CONSTANT_EXAMPLE,
        ECHO
    }

    private static final String REQUEST = "00000000-0000-4000-8000-000000000000";

    private final Kind kind;
    private final Map<String, ServiceSchema> schemas = new ConcurrentHashMap<>();
    private final Router router = new Router(Schemas.catalog(), id -> schemas.computeIfAbsent(id, Schemas::open));
    private final Codecs codecs = new Codecs();
    private final FrontDoor door;

    Stub(Kind kind) throws IOException {
        this.kind = kind;
        this.door = FrontDoor.open(Settings.on("127.0.0.1", 0, InstantSource.system(), failure -> {}), this::answer);
    }

    int port() {
        return door.port();
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        if (kind == Kind.ECHO) {
            Blob body = Blob.of(request.body().open().readAllBytes());
            String type = request.headers().get("Content-Type").orElse("text/plain");
            return new HttpResponse(200, Headers.of("Content-Type", type), Body.of(body));
        }
        return router.route(request) instanceof Routing.Route route
                ? answer(route.operation(), codecs.of(route.protocol()))
                : HttpResponse.empty(200);
    }

    private HttpResponse answer(OperationSchema operation, ProtocolCodec codec) throws IOException {
        return switch (kind) {
            case CONSTANT_ERROR ->
                codec.error(operation.service(), Optional.of(operation), usual(operation.service()), REQUEST);
            case CONSTANT_EXAMPLE -> codec.encode(operation, Samples.example(operation.output()), REQUEST);
            default -> codec.encode(operation, operation.output().create(), REQUEST);
        };
    }

    /// The error that most operations have: the best guess.
    private static AwsError usual(ServiceSchema service) {
        Map<StructShape, Long> errors = service.operations().stream()
                .flatMap(operation -> operation.errors().stream())
                .collect(Collectors.groupingBy(error -> error, Collectors.counting()));
        return errors.entrySet().stream()
                .max(Map.Entry.<StructShape, Long>comparingByValue()
                        .thenComparing(error -> error.getKey().name(), Comparator.naturalOrder()))
                .map(error -> AwsError.Code.of(error.getKey()))
                .orElse(AwsError.Code.of("ValidationException", 400))
                .because("No.");
    }

    @Override
    public void close() {
        door.close();
    }
}
