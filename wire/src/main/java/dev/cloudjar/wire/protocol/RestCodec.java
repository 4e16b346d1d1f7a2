package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The protocols that use all of HTTP: path, query string, headers, status, and a body of JSON or XML.
final class RestCodec implements ProtocolCodec {
    private final RestDialect dialect;
    private final Map<StructShape, HttpBinding> bindings = new ConcurrentHashMap<>();

    RestCodec(RestDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Struct decode(OperationSchema operation, HttpRequest request, Map<String, String> uriLabels)
            throws IOException {
        HttpBinding binding = binding(operation.input());
        Struct input = operation.input().create();
        HttpRequest plain = RequestBody.plain(operation, request);
        try {
            new HttpRequestReader(binding).read(plain, uriLabels, input);
        } catch (HttpRequestReader.BadParameter e) {
            throw dialect.badParameter(operation.service(), e);
        } catch (Unreadable e) {
            throw dialect.badUri(operation.service());
        }
        try {
            body(operation, binding, plain, input);
        } catch (Unreadable e) {
            throw dialect.badBody(operation, e);
        }
        return input;
    }

    private void body(OperationSchema operation, HttpBinding binding, HttpRequest request, Struct into)
            throws IOException {
        Optional<Member> payload = binding.payload();
        if (payload.isPresent()) {
            into.set(payload.get(), payload(operation, payload.get(), request));
        } else if (binding.hasBody()) {
            byte[] bytes = RequestBody.read(request);
            if (bytes.length > 0) {
                dialect.format(operation, Optional.empty()).read(bytes, into);
            }
        }
    }

    private @Nullable Object payload(OperationSchema operation, Member payload, HttpRequest request)
            throws IOException {
        if (BodyFormat.isEventStream(payload)) {
            return new EventInput(
                    request.body().open(), (StructShape) payload.target(), dialect.format(operation.service()));
        }
        if (payload.is(Trait.STREAMING)) {
            return request.body();
        }
        byte[] bytes = RequestBody.read(request);
        if (bytes.length == 0) {
            return null;
        }
        return switch (payload.target().type()) {
            case BLOB -> Blob.of(bytes);
            case STRING -> Percent.utf8(bytes, bytes.length);
            default -> dialect.format(operation, Optional.of(payload)).readPayload(bytes, payload);
        };
    }

    @Override
    public HttpResponse encode(OperationSchema operation, Struct output, String requestId) {
        HttpBinding binding = binding(operation.output());
        var head = new HttpHeadWriter(binding);
        Headers headers = new Headers();
        dialect.requestId(operation.service(), requestId, headers);
        head.headers(output, headers);
        int status = head.status(output, operation.http().status());
        Body body = binding.payload().isPresent()
                ? payload(operation, binding.payload().get(), output, headers)
                : members(operation, binding, output, status, headers);
        return new HttpResponse(status, headers, body);
    }

    private Body members(OperationSchema operation, HttpBinding binding, Struct output, int status, Headers headers) {
        Optional<Blob> bytes = status == 204 || status == 304
                ? Optional.empty()
                : dialect.document(operation, output, binding.hasAnswerBody());
        if (bytes.isPresent()) {
            contentType(headers, dialect.format(operation.service()).contentType());
        }
        return Body.of(bytes.orElse(Blob.EMPTY));
    }

    private Body payload(OperationSchema operation, Member payload, Struct output, Headers headers) {
        BodyFormat format = dialect.format(operation.service());
        return switch (output.get(payload)) {
            case null -> Body.of(Blob.EMPTY);
            case EventStream events -> {
                contentType(headers, EventFrame.CONTENT_TYPE);
                var frames = new EventOutput(events, (StructShape) payload.target(), format, Optional.empty());
                yield Body.of(OptionalLong.empty(), frames);
            }
            case Body body -> {
                contentType(headers, "application/octet-stream");
                yield body;
            }
            case Blob blob -> {
                contentType(headers, "application/octet-stream");
                yield Body.of(blob);
            }
            case String text
            when isText(payload) -> {
                contentType(headers, "text/plain");
                yield Body.of(Blob.of(text));
            }
            case Object value -> {
                contentType(headers, format.contentType());
                yield Body.of(format.writePayload(value, payload, dialect.root(operation, payload)));
            }
        };
    }

    /// A document may be a string too, but is written as JSON.
    private static boolean isText(Member payload) {
        return payload.target().type() == Type.STRING;
    }

    private static void contentType(Headers headers, String usual) {
        if (!headers.has(ResponseHeaders.CONTENT_TYPE)) {
            headers.add(ResponseHeaders.CONTENT_TYPE, usual);
        }
    }

    @Override
    public HttpResponse error(
            ServiceSchema service, Optional<OperationSchema> operation, AwsError error, String requestId) {
        Headers headers = new Headers();
        dialect.requestId(service, requestId, headers);
        ErrorFields.struct(error)
                .ifPresent(struct -> new HttpHeadWriter(binding(struct.shape())).headers(struct, headers));
        dialect.errorHeaders(service, error, headers);
        int status = error.code().status();
        boolean head = operation.filter(o -> o.http().method().equals("HEAD")).isPresent();
        if (head || status == 304) {
            return new HttpResponse(status, headers, Body.of(Blob.EMPTY));
        }
        contentType(headers, dialect.format(service).contentType());
        return new HttpResponse(status, headers, Body.of(dialect.errorDocument(service, error, requestId)));
    }

    private HttpBinding binding(StructShape shape) {
        return bindings.computeIfAbsent(shape, HttpBinding::new);
    }
}
