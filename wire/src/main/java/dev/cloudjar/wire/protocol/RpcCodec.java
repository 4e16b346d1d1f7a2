package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/// The protocols that post one tree to one address: awsJson 1.0, awsJson 1.1 and RPC v2 CBOR.
final class RpcCodec implements ProtocolCodec {
    private final Protocol protocol;
    private final TreeFormat format;
    private final TreeErrors errors;
    private final Quirks quirks;

    RpcCodec(Protocol protocol, TreeFormat format, Quirks quirks) {
        this.protocol = protocol;
        this.format = format;
        this.errors = new TreeErrors(format, quirks, protocol == Protocol.AWS_JSON_1_0);
        this.quirks = quirks;
    }

    @Override
    public Struct decode(OperationSchema operation, HttpRequest request, Map<String, String> uriLabels)
            throws IOException {
        Struct input = operation.input().create();
        HttpRequest plain = RequestBody.plain(operation, request);
        try {
            Optional<Member> stream = eventStream(operation.input());
            if (stream.isPresent()) {
                var events = new EventInput(
                        plain.body().open(), (StructShape) stream.get().target(), format);
                events.readInitialRequest(input);
                input.set(stream.get(), events);
                return input;
            }
            byte[] bytes = RequestBody.read(plain);
            if (bytes.length > 0) {
                format.read(bytes, input);
            }
            return input;
        } catch (Unreadable e) {
            throw Refusals.serialization(e);
        }
    }

    @Override
    public HttpResponse encode(OperationSchema operation, Struct output, String requestId) {
        boolean nothing = output.shape().is(Flag.UNIT);
        Blob bytes = nothing ? Blob.EMPTY : format.write(output, "");
        Headers headers = headers(requestId);
        Optional<Member> stream = eventStream(operation.output());
        if (stream.isPresent() && output.get(stream.get()) instanceof EventStream events) {
            headers.add(ResponseHeaders.CONTENT_TYPE, EventFrame.CONTENT_TYPE);
            var frames = new EventOutput(
                    events,
                    (StructShape) stream.get().target(),
                    format,
                    Optional.of(EventOutput.initialResponse(bytes, format.contentType())));
            return new HttpResponse(200, headers, Body.of(OptionalLong.empty(), frames));
        }
        return answer(200, operation.service(), headers, bytes);
    }

    @Override
    public HttpResponse error(
            ServiceSchema service, Optional<OperationSchema> operation, AwsError error, String requestId) {
        Headers headers = headers(requestId);
        TreeErrors.queryError(service, error, headers);
        return answer(status(service, error), service, headers, errors.document(service, error));
    }

    /// The status of a service's own error is that of query where the service once spoke it; here it is 400.
    private static int status(ServiceSchema service, AwsError error) {
        boolean own = service.facts().queryCompatible() && error.code().shape().isPresent();
        return own && error.code().status() < 500 ? 400 : error.code().status();
    }

    private HttpResponse answer(int status, ServiceSchema service, Headers headers, Blob bytes) {
        if (bytes.size() > 0 || protocol != Protocol.RPC_V2_CBOR) {
            headers.add(ResponseHeaders.CONTENT_TYPE, format.contentType());
        }
        if (quirks.crc32(service.id())) {
            var crc = new CRC32();
            crc.update(bytes.bytes());
            headers.add("x-amz-crc32", Long.toString(crc.getValue()));
        }
        return new HttpResponse(status, headers, Body.of(bytes));
    }

    private Headers headers(String requestId) {
        Headers headers = Headers.of(ResponseHeaders.REQUEST_ID, requestId);
        if (protocol == Protocol.RPC_V2_CBOR) {
            headers.add(ResponseHeaders.SMITHY_PROTOCOL, "rpc-v2-cbor");
        }
        return headers;
    }

    private static Optional<Member> eventStream(StructShape shape) {
        for (Member member : shape.members()) {
            if (BodyFormat.isEventStream(member)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }
}
