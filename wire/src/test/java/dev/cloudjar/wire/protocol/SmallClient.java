package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.OperationSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// Writes the bodies that the cases about compression leave out: strings in whatever form the protocol has.
final class SmallClient {
    private final OperationSchema operation;

    SmallClient(OperationSchema operation) {
        this.operation = operation;
    }

    Blob compressed(Map<String, Object> params) throws IOException {
        Map<String, Object> body = params.entrySet().stream()
                .filter(param -> operation
                        .input()
                        .member(param.getKey())
                        .filter(member -> member.wire().location() == Location.BODY)
                        .isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text(body).getBytes(StandardCharsets.UTF_8));
        }
        return Blob.of(bytes.toByteArray());
    }

    private String text(Map<String, Object> params) {
        return switch (Case.protocol(operation)) {
            case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON, RPC_V2_CBOR ->
                joined(params, "{", ",", "}", (name, value) -> '"' + name + "\":\"" + value.replace("\n", "\\n") + '"');
            case REST_XML ->
                joined(
                        params,
                        "<Request>",
                        "",
                        "</Request>",
                        (name, value) -> '<' + name + '>' + value + "</" + name + '>');
            case AWS_QUERY -> joined(params, "Action=" + operation.name() + '&', "&", "", SmallClient::form);
            case EC2_QUERY ->
                joined(
                        params,
                        "Action=" + operation.name() + '&',
                        "&",
                        "",
                        (name, value) -> form(Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
        };
    }

    private static String form(String name, String value) {
        return name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String joined(Map<String, Object> params, String start, String between, String end, Field field) {
        return params.entrySet().stream()
                .map(param -> field.write(param.getKey(), (String) param.getValue()))
                .collect(Collectors.joining(between, start, end));
    }

    @FunctionalInterface
    private interface Field {
        String write(String name, String value);
    }
}
