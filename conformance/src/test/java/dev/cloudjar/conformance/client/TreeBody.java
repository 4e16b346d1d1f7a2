package dev.cloudjar.conformance.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.TimestampFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes structures as JSON or CBOR. `everything` puts members into the tree wherever REST would have them, as
/// RPC protocols do.
final class TreeBody {
    private final boolean cbor;
    private final boolean everything;

    TreeBody(boolean cbor, boolean everything) {
        this.cbor = cbor;
        this.everything = everything;
    }

    byte[] write(Struct value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out =
                cbor ? new CBORFactory().createGenerator(bytes) : new JsonFactory().createGenerator(bytes)) {
            struct(out, value, everything);
        }
        return bytes.toByteArray();
    }

    private void struct(JsonGenerator out, Struct struct, boolean all) throws IOException {
        out.writeStartObject();
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null && (all || member.wire().location() == Location.BODY)) {
                out.writeFieldName(cbor || everything ? jsonName(member) : member.wireName());
                value(out, member.target(), value, member.timestampFormat());
            }
        }
        out.writeEndObject();
    }

    /// RPC protocols know no places, so a name that is a header's elsewhere is none here.
    private static String jsonName(Member member) {
        return member.wire().location() == Location.BODY ? member.wireName() : member.name();
    }

    private void value(JsonGenerator out, Shape shape, Object value, Optional<TimestampFormat> format)
            throws IOException {
        switch (value) {
            case Struct struct -> struct(out, struct, true);
            case List<?> list when shape instanceof ListShape typed -> list(out, typed, list);
            case Map<?, ?> map when shape instanceof MapShape typed -> map(out, typed, map);
            case Map<?, ?> document -> emptyDocument(out, document);
            case Boolean bool -> out.writeBoolean(bool);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Float number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Instant instant -> instant(out, instant, format);
            case Blob blob -> out.writeBinary(blob.bytes());
            default -> out.writeString(value.toString());
        }
    }

    /// Free-form JSON is only ever made up empty.
    private static void emptyDocument(JsonGenerator out, Map<?, ?> document) throws IOException {
        if (!document.isEmpty()) {
            throw new IllegalArgumentException("a document with members");
        }
        out.writeStartObject();
        out.writeEndObject();
    }

    private void instant(JsonGenerator out, Instant instant, Optional<TimestampFormat> format) throws IOException {
        if (cbor) {
            ((CBORGenerator) out).writeTag(1);
            out.writeNumber(instant.toEpochMilli() / 1000.0);
        } else if (format.orElse(TimestampFormat.UNIX) == TimestampFormat.UNIX) {
            out.writeNumber(new BigDecimal(Scalar.text(instant, TimestampFormat.UNIX)));
        } else {
            out.writeString(Scalar.text(instant, format.get()));
        }
    }

    private void list(JsonGenerator out, ListShape shape, List<?> values) throws IOException {
        out.writeStartArray();
        for (Object value : values) {
            value(out, shape.element(), value, shape.element().constraints().timestampFormat());
        }
        out.writeEndArray();
    }

    private void map(JsonGenerator out, MapShape shape, Map<?, ?> values) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            out.writeFieldName((String) entry.getKey());
            value(
                    out,
                    shape.value(),
                    entry.getValue(),
                    shape.value().constraints().timestampFormat());
        }
        out.writeEndObject();
    }
}
