package dev.cloudjar.wire.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.cloudjar.model.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON and CBOR as plain maps and lists, read without the code under test. Numbers are `Double`, so that `1` and
/// `1.0` are equal, but for whole numbers too large for that.
final class Tree {
    private Tree() {}

    static Object json(String text) {
        return parsed(new JsonFactory(), text.getBytes(StandardCharsets.UTF_8));
    }

    static Object cbor(byte[] bytes) {
        return parsed(new CBORFactory(), bytes);
    }

    private static Object parsed(JsonFactory factory, byte[] bytes) {
        try (JsonParser parser = factory.createParser(bytes)) {
            Object value = parser.nextToken() == null ? "nothing" : value(parser);
            return value == null ? "null" : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> {
                List<@Nullable Object> values = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(in));
                }
                yield values;
            }
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(in);
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_EMBEDDED_OBJECT -> Blob.of(in.getBinaryValue());
            default -> in.getText();
        };
    }

    private static Object whole(JsonParser in) throws IOException {
        long value = in.getLongValue();
        return Math.abs(value) > 1L << 53 ? (Object) value : (Object) (double) value;
    }

    private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            members.put(name, value(in));
        }
        return members;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
