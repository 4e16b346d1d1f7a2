package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/// Reads answers as a client does, with the readers that serve requests.
final class ClientReader {
    private final OperationSchema operation;
    private final Protocol protocol;

    ClientReader(OperationSchema operation, Protocol protocol) {
        this.operation = operation;
        this.protocol = protocol;
    }

    static byte[] bytes(HttpResponse response) throws IOException {
        try (var in = response.body().open()) {
            return in.readAllBytes();
        }
    }

    Struct read(HttpResponse response) throws IOException {
        Struct output = operation.output().create();
        byte[] bytes = bytes(response);
        switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1 -> tree(TreeFormat.json("", false), bytes, output);
            case RPC_V2_CBOR -> tree(TreeFormat.cbor(), bytes, output);
            case AWS_QUERY, EC2_QUERY -> query(bytes, output);
            case REST_JSON -> rest(response, bytes, TreeFormat.json("", true), output);
            case REST_XML ->
                rest(response, bytes, new XmlFormat(Optional.empty(), false, Optional.empty(), false), output);
        }
        return output;
    }

    private static void tree(TreeFormat format, byte[] bytes, Struct into) {
        if (bytes.length > 0) {
            format.read(bytes, into);
        }
    }

    private void query(byte[] bytes, Struct into) {
        if (bytes.length == 0) {
            return;
        }
        XmlReader reader = XmlReader.open(bytes);
        if (protocol == Protocol.EC2_QUERY) {
            new XmlShapeReader(reader, false).fill(into);
            return;
        }
        while (reader.nextChild()) {
            if (reader.name().equals(operation.name() + "Result")) {
                new XmlShapeReader(reader, false).fill(into);
            } else {
                reader.skip();
            }
        }
    }

    private void rest(HttpResponse response, byte[] bytes, BodyFormat format, Struct into) {
        StructShape shape = into.shape();
        var binding = new HttpBinding(shape);
        new HttpRequestReader(binding).read(asRequest(response.headers()), Map.of(), into);
        for (Member member : binding.status()) {
            into.set(member, response.status());
        }
        if (binding.payload().isPresent()) {
            payload(binding.payload().get(), bytes, format, into);
        } else if (bytes.length > 0 && binding.hasBody()) {
            members(bytes, format, into);
        }
    }

    /// Some answers are one element with text.
    private void members(byte[] bytes, BodyFormat format, Struct into) {
        Optional<Member> only = into.shape().members().size() == 1
                        && into.shape().members().getFirst().target().type() == Type.STRING
                        && protocol == Protocol.REST_XML
                ? Optional.of(into.shape().members().getFirst())
                : Optional.empty();
        if (only.isPresent() && XmlReader.open(bytes).name().equals(only.get().name())) {
            into.set(only.get(), XmlReader.open(bytes).text());
        } else {
            format.read(bytes, into);
        }
    }

    private static void payload(Member payload, byte[] bytes, BodyFormat format, Struct into) {
        if (bytes.length == 0) {
            return;
        }
        into.set(
                payload,
                switch (payload.target().type()) {
                    case BLOB -> Blob.of(bytes);
                    case STRING -> Blob.of(bytes).utf8();
                    default -> format.readPayload(bytes, payload);
                });
    }

    private static HttpRequest asRequest(Headers headers) {
        var peer = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);
        return new HttpRequest("POST", "", "/", "", headers, Body.of(Blob.EMPTY), peer);
    }
}
