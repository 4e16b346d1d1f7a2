package dev.cloudjar.model.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A JSON object, for reading: members in their order, scalars as their text. What is absent reads as empty.
public record Json(Map<String, Object> members) {
    private static final JsonFactory FACTORY = new JsonFactory();
    public static final Json EMPTY = new Json(Map.of());

    public static Json read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            parser.nextToken();
            return read(parser);
        }
    }

    public static Json read(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return read(parser);
        }
    }

    /// The object at whose opening brace the parser stands.
    public static Json read(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                members.put(name, value(parser));
            }
        }
        return new Json(members);
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> read(parser);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield values;
            }
            default -> parser.getText();
        };
    }

    public Set<String> names() {
        return members.keySet();
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Json object(String name) {
        return members.get(name) instanceof Json object ? object : EMPTY;
    }

    public Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// Whether the member is `true`.
    public boolean flag(String name) {
        return "true".equals(members.get(name));
    }

    /// The strings of a list; a lone string is a list of one.
    public List<String> texts(String name) {
        Object value = members.get(name);
        if (value instanceof String one) {
            return List.of(one);
        }
        return value instanceof List<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of();
    }

    public List<Json> objects(String name) {
        return members.get(name) instanceof List<?> many
                ? many.stream()
                        .filter(Json.class::isInstance)
                        .map(Json.class::cast)
                        .toList()
                : List.of();
    }

    /// This object with the members of `other` laid over it, nested objects one by one.
    public Json merge(Json other) {
        Map<String, Object> merged = new LinkedHashMap<>(members);
        other.members.forEach((name, value) -> merged.merge(
                name, value, (old, young) -> old instanceof Json a && young instanceof Json b ? a.merge(b) : young));
        return new Json(merged);
    }
}
