package dev.cloudjar.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Documents that AWS keeps as JSON text in an attribute: policies, redrive policies, patterns. A value is a
/// `Map` in the order of its members, a `List`, a `String`, a `Long`, a `Double`, a `Boolean`, or null.
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /// The object that `text` is, or nothing where it is no JSON or no object.
    public static Optional<Map<String, @Nullable Object>> object(String text) {
        return object(text, false);
    }

    /// The same with all numbers as `BigDecimal`, as exactly as they are written.
    public static Optional<Map<String, @Nullable Object>> exact(String text) {
        return object(text, true);
    }

    private static Optional<Map<String, @Nullable Object>> object(String text, boolean exact) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> object = members(parser, exact);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> members(JsonParser parser, boolean exact) throws IOException {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser, exact));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser, boolean exact) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, exact);
            case START_ARRAY -> {
                var values = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser, exact));
                }
                yield values;
            }
            case VALUE_NUMBER_INT -> exact ? parser.getDecimalValue() : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> exact ? parser.getDecimalValue() : (Object) parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    /// `value` as compact JSON.
    public static String write(@Nullable Object value) {
        var text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator to) throws IOException {
        switch (value) {
            case null -> to.writeNull();
            case Map<?, ?> members -> {
                to.writeStartObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    to.writeFieldName(String.valueOf(member.getKey()));
                    write(member.getValue(), to);
                }
                to.writeEndObject();
            }
            case List<?> values -> {
                to.writeStartArray();
                for (Object each : values) {
                    write(each, to);
                }
                to.writeEndArray();
            }
            case Long number -> to.writeNumber(number);
            case Integer number -> to.writeNumber(number);
            case Double number -> to.writeNumber(number);
            case BigDecimal number -> to.writeNumber(number);
            case Boolean flag -> to.writeBoolean(flag);
            default -> to.writeString(value.toString());
        }
    }
}
