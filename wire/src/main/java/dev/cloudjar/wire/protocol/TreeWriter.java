package dev.cloudjar.wire.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.model.TreeSink;
import dev.cloudjar.model.TreeSource;
import dev.cloudjar.wire.protocol.BodyFormat.Binding;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes values of a shape as one tree of JSON or CBOR.
final class TreeWriter implements TreeSink {
    private final JsonGenerator out;
    private final TreeDialect dialect;
    private final Binding binding;

    TreeWriter(JsonGenerator out, TreeDialect dialect, Binding binding) {
        this.out = out;
        this.dialect = dialect;
        this.binding = binding;
    }

    void struct(Struct struct) throws IOException {
        out.writeStartObject();
        members(struct);
        out.writeEndObject();
    }

    /// The members of `struct` that travel in a body, into an object that is already open.
    void members(Struct struct) throws IOException {
        List<Member> members = struct.shape().members();
        for (int i = 0; i < members.size(); i++) {
            Object value = struct.get(i);
            if (value != null && binding.holds(members.get(i))) {
                Member member = members.get(i);
                out.writeFieldName(member.wireName());
                value(member.target(), value, member.timestampFormat());
            }
        }
    }

    void value(Shape shape, @Nullable Object value, Optional<TimestampFormat> format) throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (shape.type()) {
            case STRING -> out.writeString((String) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INTEGER -> out.writeNumber((Integer) value);
            case LONG -> out.writeNumber((Long) value);
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case TIMESTAMP -> dialect.writeTimestamp(out, (Instant) value, format);
            case BLOB -> dialect.writeBlob(out, (Blob) value);
            case DOCUMENT -> document(value);
            case LIST -> list((ListShape) shape, (List<?>) value);
            case MAP -> {
                if (value instanceof TreeSource source) {
                    source.writeTo(this);
                } else {
                    map((MapShape) shape, (Map<?, ?>) value);
                }
            }
            case STRUCTURE -> struct((Struct) value);
        }
    }

    private void list(ListShape shape, List<?> values) throws IOException {
        Shape element = shape.element();
        Optional<TimestampFormat> format = element.constraints().timestampFormat();
        out.writeStartArray();
        for (Object value : values) {
            value(element, value, format);
        }
        out.writeEndArray();
    }

    private void map(MapShape shape, Map<?, ?> values) throws IOException {
        Shape element = shape.value();
        Optional<TimestampFormat> format = element.constraints().timestampFormat();
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            out.writeFieldName((String) entry.getKey());
            value(element, entry.getValue(), format);
        }
        out.writeEndObject();
    }

    private void document(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Boolean bool -> out.writeBoolean(bool);
            case Long number -> out.writeNumber(number);
            case Integer number -> out.writeNumber(number);
            case Number number -> out.writeNumber(number.doubleValue());
            case List<?> values -> documents(values);
            case Map<?, ?> members -> documentMembers(members);
            default -> throw new IllegalArgumentException("not a document: " + value.getClass());
        }
    }

    private void documents(List<?> values) throws IOException {
        out.writeStartArray();
        for (Object value : values) {
            document(value);
        }
        out.writeEndArray();
    }

    private void documentMembers(Map<?, ?> members) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.writeFieldName((String) member.getKey());
            document(member.getValue());
        }
        out.writeEndObject();
    }

    @Override
    public void beginMap() throws IOException {
        out.writeStartObject();
    }

    @Override
    public void name(String name) throws IOException {
        out.writeFieldName(name);
    }

    @Override
    public void endMap() throws IOException {
        out.writeEndObject();
    }

    @Override
    public void beginList() throws IOException {
        out.writeStartArray();
    }

    @Override
    public void endList() throws IOException {
        out.writeEndArray();
    }

    @Override
    public void text(byte[] utf8, int from, int length) throws IOException {
        out.writeUTF8String(utf8, from, length);
    }

    @Override
    public void bytes(Blob bytes) throws IOException {
        dialect.writeBlob(out, bytes);
    }

    @Override
    public void truth(boolean value) throws IOException {
        out.writeBoolean(value);
    }
}
