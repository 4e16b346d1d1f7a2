package dev.cloudjar.conformance.client;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes an input over the whole of an HTTP request: path, query, headers and body.
final class RestRequest {
    private final OperationSchema operation;
    private final Struct input;
    private final boolean xml;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> query = new ArrayList<>();

    RestRequest(OperationSchema operation, Struct input, boolean xml) {
        this.operation = operation;
        this.input = input;
        this.xml = xml;
    }

    Sent write() throws IOException {
        String uri = operation.http().uri();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        if (question >= 0) {
            query.add(uri.substring(question + 1));
        }
        for (Member member : input.shape().members()) {
            Object value = input.get(member);
            if (value != null) {
                path = place(member, value, path);
            }
        }
        byte[] body = body();
        String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
        return new Sent(operation.http().method(), target, headers, body);
    }

    private String place(Member member, Object value, String path) {
        switch (member.wire().location()) {
            case HEADER -> headers.put(member.wireName(), Scalar.header(member, value));
            case HEADERS ->
                ((Map<?, ?>) value).forEach((key, one) -> headers.put(member.wireName() + key, one.toString()));
            case QUERY -> query(member, value);
            case QUERY_MAP -> ((Map<?, ?>) value).forEach((key, one) -> query.add(key + "=" + one));
            case URI -> {
                String text = Scalar.encoded(Scalar.text(member, value));
                return path.replace("{" + member.wireName() + "}", text)
                        .replace("{" + member.wireName() + "+}", text.replace("%2F", "/"));
            }
            case BODY, STATUS -> {}
        }
        return path;
    }

    private void query(Member member, Object value) {
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        values.forEach(
                one -> query.add(Scalar.encoded(member.wireName()) + "=" + Scalar.encoded(Scalar.text(member, one))));
    }

    private byte[] body() throws IOException {
        if (input.shape().payload().isPresent()) {
            return payload(input.shape().payload().get());
        }
        boolean members = input.shape().members().stream()
                .anyMatch(m -> m.wire().location() == Location.BODY && input.get(m) != null);
        boolean possible =
                input.shape().members().stream().anyMatch(m -> m.wire().location() == Location.BODY);
        if (!possible || xml && !members) {
            return new byte[0];
        }
        return tree(
                operation
                        .inputXmlName()
                        .orElse(input.shape().xmlName().orElse(input.shape().name())),
                input);
    }

    private byte[] payload(Member payload) throws IOException {
        Object value = input.get(payload);
        return switch (value) {
            case null -> new byte[0];
            case Blob blob -> blob.bytes();
            case Struct struct ->
                tree(
                        payload.wire()
                                .locationName()
                                .orElse(struct.shape().xmlName().orElse(payload.name())),
                        struct);
            case Map<?, ?> document -> "{}".getBytes(StandardCharsets.UTF_8);
            default -> value.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] tree(String root, Struct value) throws IOException {
        headers.putIfAbsent("Content-Type", xml ? "application/xml" : "application/json");
        return xml ? new XmlBody().write(root, value) : new TreeBody(false, false).write(value);
    }
}
