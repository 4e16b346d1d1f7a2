package dev.cloudjar.app;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The little JSON that the admin API speaks: objects out, flat objects in.
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static String write(Map<String, ?> object) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            value(json, object);
        } catch (IOException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
        return text + "\n";
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> field : object.entrySet()) {
                    json.writeFieldName((String) field.getKey());
                    value(json, field.getValue());
                }
                json.writeEndObject();
            }
            case Iterable<?> list -> {
                json.writeStartArray();
                for (Object each : list) {
                    value(json, each);
                }
                json.writeEndArray();
            }
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }

    /// The fields of the flat object that is the request's body.
    static Map<String, String> read(HttpRequest request) throws IOException {
        try (InputStream body = request.body().open()) {
            return read(body);
        }
    }

    /// The fields of one flat object, as text; an [IllegalArgumentException] where `body` is something else.
    static Map<String, String> read(InputStream body) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        try (JsonParser json = FACTORY.createParser(body)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return fields;
            }
            if (first != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("A JSON object was expected.");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!json.nextToken().isScalarValue()) {
                    throw new IllegalArgumentException("'" + name + "' must be a plain value.");
                }
                fields.put(name, json.getText());
            }
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("The body is not JSON.", malformed);
        }
        return fields;
    }
}
