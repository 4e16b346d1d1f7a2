package dev.cloudjar.wire.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Bodies of JSON or CBOR.
final class TreeFormat implements BodyFormat {
    /// Base64 of the largest body we read still fits one string.
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxStringLength(RequestBody.LIMIT)
            .maxNameLength(1 << 20)
            .build();
    private static final int TYPICAL_SIZE = 512;

    private final JsonFactory factory;
    private final TreeDialect dialect;
    private final String contentType;
    private final Binding reading;
    private final Binding writing;

    private TreeFormat(JsonFactory factory, TreeDialect dialect, String contentType, boolean http) {
        this.factory = factory;
        this.dialect = dialect;
        this.contentType = contentType;
        this.reading = http ? Binding.REQUEST : Binding.NONE;
        this.writing = http ? Binding.ANSWER : Binding.NONE;
    }

    /// `http` tells whether other parts of HTTP carry members too.
    static TreeFormat json(String contentType, boolean http) {
        return new TreeFormat(configured(new JsonFactoryBuilder()), TreeDialect.JSON, contentType, http);
    }

    static TreeFormat cbor() {
        return new TreeFormat(configured(CBORFactory.builder()), TreeDialect.CBOR, "application/cbor", false);
    }

    /// Names are shared between documents but not interned for good: map keys are the caller's. Buffers are pooled
    /// without regard to threads, for every request has a virtual thread of its own.
    private static <F extends JsonFactory, B extends TSFBuilder<F, B>> F configured(B builder) {
        return builder.disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(CONSTRAINTS)
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .build();
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public void read(byte[] bytes, Struct into) {
        try (JsonParser parser = factory.createParser(bytes)) {
            new TreeReader(parser, dialect, reading).root(into);
        } catch (IOException e) {
            throw new Unreadable("");
        }
    }

    @Override
    public Object readPayload(byte[] bytes, Member payload) {
        try (JsonParser parser = factory.createParser(bytes)) {
            Object value = new TreeReader(parser, dialect, reading).root(payload);
            if (value == null) {
                throw new Unreadable("");
            }
            return value;
        } catch (IOException e) {
            throw new Unreadable("");
        }
    }

    @Override
    public Blob write(Struct value, String root) {
        return written(writer -> writer.struct(value));
    }

    @Override
    public Blob writePayload(Object value, Member payload, String root) {
        return written(writer -> writer.value(payload.target(), value, payload.timestampFormat()));
    }

    /// An object that `members` fills.
    Blob writeObject(Fields members) {
        return generated(out -> {
            out.writeStartObject();
            members.write(out, new TreeWriter(out, dialect, writing));
            out.writeEndObject();
        });
    }

    private Blob written(Tree tree) {
        return generated(out -> tree.write(new TreeWriter(out, dialect, writing)));
    }

    private Blob generated(Generated content) {
        var bytes = new ByteArrayOutputStream(TYPICAL_SIZE);
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Blob.of(bytes.toByteArray());
    }

    @FunctionalInterface
    private interface Tree {
        void write(TreeWriter writer) throws IOException;
    }

    @FunctionalInterface
    private interface Generated {
        void write(JsonGenerator out) throws IOException;
    }

    /// Writes the members of an open object.
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator out, TreeWriter writer) throws IOException;
    }
}
