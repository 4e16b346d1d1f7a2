package dev.cloudjar.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads inputs that people wrote as JSON, members under their own names.
public final class JsonInput {
    private JsonInput() {}

    public static Struct read(StructShape shape, String json) throws IOException {
        return struct(shape, new ObjectMapper().readTree(json));
    }

    /// The members that an input has.
    public static Set<String> names(String json) {
        try {
            return new ObjectMapper()
                    .readTree(json).properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Struct struct(StructShape shape, JsonNode node) {
        Struct value = shape.create();
        node.properties().forEach(property -> {
            Member member = shape.member(property.getKey()).orElseThrow();
            if (!property.getValue().isNull()) {
                value.set(member, value(member.target(), property.getValue()));
            }
        });
        return value;
    }

    private static Object value(Shape shape, JsonNode node) {
        return switch (shape) {
            case StructShape struct -> struct(struct, node);
            case ListShape list -> list(list, node);
            case MapShape map -> map(map, node);
            case Shape scalar -> scalar(scalar, node);
        };
    }

    private static List<Object> list(ListShape shape, JsonNode node) {
        var values = new ArrayList<Object>();
        node.forEach(element -> values.add(value(shape.element(), element)));
        return values;
    }

    private static Map<String, Object> map(MapShape shape, JsonNode node) {
        var values = new LinkedHashMap<String, Object>();
        node.properties().forEach(entry -> values.put(entry.getKey(), value(shape.value(), entry.getValue())));
        return values;
    }

    private static Object scalar(Shape shape, JsonNode node) {
        return switch (shape.type()) {
            case BOOLEAN -> node.asBoolean();
            case INTEGER -> node.asInt();
            case LONG -> node.asLong();
            case FLOAT -> (float) node.asDouble();
            case DOUBLE -> node.asDouble();
            case TIMESTAMP -> Instant.parse(node.asText());
            case BLOB -> Blob.of(Base64.getDecoder().decode(node.asText()));
            case STRING -> node.asText();
            case DOCUMENT, LIST, MAP, STRUCTURE -> throw new IllegalArgumentException(shape + " in an input");
        };
    }
}
