package dev.cloudjar.services.dynamodb.value;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonReaderBuilder;
import com.amazon.ion.system.IonTextWriterBuilder;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Items in Amazon Ion, as exports write and imports read them. Sets are lists with an annotation.
public final class ItemIon {
    private static final String SET = "$dynamodb_";
    private static final int DEEPEST = 32;

    private ItemIon() {}

    /// A line with items and keys by the names that `parts` have there.
    public static String line(Map<String, Map<String, Value>> parts) {
        var line = new StringBuilder("$ion_1_0 ");
        try (IonWriter writer = IonTextWriterBuilder.standard().build(line)) {
            writer.stepIn(IonType.STRUCT);
            for (var part : parts.entrySet()) {
                writer.setFieldName(part.getKey());
                write(part.getValue(), writer);
            }
            writer.stepOut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private static void write(Map<String, Value> members, IonWriter to) throws IOException {
        to.stepIn(IonType.STRUCT);
        for (var member : members.entrySet()) {
            to.setFieldName(member.getKey());
            write(member.getValue(), to);
        }
        to.stepOut();
    }

    private static void write(Value value, IonWriter to) throws IOException {
        switch (value) {
            case Value.S text -> to.writeString(text.text());
            case Value.N number -> to.writeDecimal(number.decimal().stripTrailingZeros());
            case Value.B binary -> to.writeBlob(binary.bytes().bytes());
            case Value.Many set -> {
                to.setTypeAnnotations(SET + set.type());
                write(set.members().stream(), to);
            }
            case Value.M map -> write(map.members(), to);
            case Value.L list -> write(list.elements().stream(), to);
            case Value.Null _ -> to.writeNull();
            case Value.Bool bool -> to.writeBool(bool.truth());
        }
    }

    private static void write(Stream<? extends Value> elements, IonWriter to) throws IOException {
        to.stepIn(IonType.LIST);
        for (Value element : elements.toList()) {
            write(element, to);
        }
        to.stepOut();
    }

    /// Reads the items `{Item:{…}}` of a file, one after the other, as far as it is Ion.
    public static final class Items implements AutoCloseable {
        private final IonReader reader;
        private boolean broken;

        public Items(InputStream file) {
            this.reader = IonReaderBuilder.standard().build(file);
        }

        public boolean next() throws IOException {
            try {
                return !broken && reader.next() != null;
            } catch (IonException notIon) {
                throw new IOException(notIon);
            }
        }

        /// The item at which the reader is, or DynamoDB's refusal of what is none.
        public Map<String, Value> item() {
            try {
                return value(reader, 0) instanceof Value.M line
                                && line.members().get("Item") instanceof Value.M item
                        ? item.members()
                        : Map.of();
            } catch (IonException notIon) {
                broken = true;
                throw malformed();
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static Value value(IonReader from, int depth) {
        if (depth > DEEPEST) {
            throw Refusals.invalid("Nesting Levels have exceeded supported limits");
        }
        if (from.isNullValue()) {
            return new Value.Null();
        }
        return switch (from.getType()) {
            case STRING, SYMBOL -> new Value.S(from.stringValue());
            case BOOL -> new Value.Bool(from.booleanValue());
            case INT -> Value.N.of(new BigDecimal(from.bigIntegerValue()));
            case DECIMAL -> Value.N.of(from.bigDecimalValue());
            case BLOB, CLOB -> new Value.B(Blob.of(from.newBytes()));
            case LIST -> list(from, depth);
            case STRUCT -> struct(from, depth);
            default -> throw malformed();
        };
    }

    private static Value struct(IonReader from, int depth) {
        Map<String, Value> members = new LinkedHashMap<>();
        from.stepIn();
        while (from.next() != null) {
            members.put(from.getFieldName(), value(from, depth + 1));
        }
        from.stepOut();
        return new Value.M(members);
    }

    private static Value list(IonReader from, int depth) {
        String[] annotations = from.getTypeAnnotations();
        List<Value> elements = new ArrayList<>();
        from.stepIn();
        while (from.next() != null) {
            elements.add(value(from, depth + 1));
        }
        from.stepOut();
        return annotations.length == 1 && annotations[0].startsWith(SET)
                ? set(annotations[0].substring(SET.length()), elements)
                : new Value.L(elements);
    }

    private static Value set(String name, List<Value> elements) {
        Set<Value.Scalar> members = new LinkedHashSet<>();
        for (Value element : elements) {
            boolean fits = element instanceof Value.Scalar scalar
                    && scalar.type().set().name().equals(name)
                    && members.add(scalar);
            if (!fits) {
                throw malformed();
            }
        }
        if (members.isEmpty()) {
            throw malformed();
        }
        return new Value.Many(members.iterator().next().type().set(), members);
    }

    private static AwsError malformed() {
        return Refusals.invalid("Malformed record");
    }
}
