package dev.cloudjar.wire.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.wire.protocol.BodyFormat.Binding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one tree of JSON or CBOR into values of a shape. Unknown members are skipped; null is absence.
final class TreeReader {
    static final int MAX_DEPTH = 128;

    private final JsonParser in;
    private final TreeDialect dialect;
    private final Binding binding;
    private int depth;

    TreeReader(JsonParser in, TreeDialect dialect, Binding binding) {
        this.in = in;
        this.dialect = dialect;
        this.binding = binding;
    }

    /// Reads the whole input into `struct`; an input of nothing leaves it empty.
    void root(Struct struct) throws IOException {
        if (in.nextToken() == null || in.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        fill(struct);
        expectEnd();
    }

    /// Reads the whole input as one value.
    @Nullable
    Object root(Member member) throws IOException {
        if (in.nextToken() == null) {
            return null;
        }
        Object value = value(member.target(), member.timestampFormat());
        expectEnd();
        return value;
    }

    private void expectEnd() throws IOException {
        if (in.nextToken() != null) {
            throw new Unreadable("");
        }
    }

    private void fill(Struct struct) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw misplaced("Expected map or null");
        }
        descend();
        StructShape shape = struct.shape();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            Optional<Member> member = shape.memberOnWire(name);
            if (member.isEmpty() || !binding.holds(member.get())) {
                in.skipChildren();
            } else {
                struct.set(
                        member.get(), value(member.get().target(), member.get().timestampFormat()));
            }
        }
        depth--;
    }

    private @Nullable Object value(Shape shape, Optional<TimestampFormat> format) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (shape.type()) {
            case STRING -> string();
            case BOOLEAN -> bool();
            case INTEGER -> integer();
            case LONG -> longInteger();
            case FLOAT -> floating();
            case DOUBLE -> decimal();
            case TIMESTAMP -> dialect.readTimestamp(in, format);
            case BLOB -> dialect.readBlob(in);
            case DOCUMENT -> document();
            case LIST -> list((ListShape) shape);
            case MAP -> map((MapShape) shape);
            case STRUCTURE -> struct((StructShape) shape);
        };
    }

    private Struct struct(StructShape shape) throws IOException {
        Struct struct = shape.create();
        fill(struct);
        return struct;
    }

    private List<@Nullable Object> list(ListShape shape) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw misplaced("Expected list or null");
        }
        descend();
        Shape element = shape.element();
        Optional<TimestampFormat> format = element.constraints().timestampFormat();
        var values = new ArrayList<@Nullable Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(element, format);
            if (value != null || shape.sparse()) {
                values.add(value);
            }
        }
        depth--;
        return values;
    }

    private Map<String, @Nullable Object> map(MapShape shape) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw misplaced("Expected map or null");
        }
        descend();
        Shape element = shape.value();
        Optional<TimestampFormat> format = element.constraints().timestampFormat();
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            Object value = value(element, format);
            if (value != null || shape.sparse()) {
                values.put(name, value);
            }
        }
        depth--;
        return values;
    }

    private String string() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw unexpected(in, "a String");
        }
        return in.getText();
    }

    private Boolean bool() throws IOException {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> throw unexpected(in, "a Boolean");
        };
    }

    private Integer integer() throws IOException {
        long value = whole("an Integer");
        if (value != (int) value) {
            throw unexpected(in, "an Integer");
        }
        return (int) value;
    }

    private Long longInteger() throws IOException {
        return whole("a Long");
    }

    /// A whole number, which JSON may well write as `5.0`.
    private long whole(String what) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return in.getLongValue();
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = in.getDoubleValue();
            if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
                return (long) value;
            }
        }
        throw unexpected(in, what);
    }

    private Float floating() throws IOException {
        double value = decimal("a Float");
        float narrow = (float) value;
        if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
            throw unexpected(in, "a Float");
        }
        return narrow;
    }

    private Double decimal() throws IOException {
        return decimal("a Double");
    }

    private double decimal(String what) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = in.getDoubleValue();
                if (Double.isInfinite(value) && dialect == TreeDialect.JSON) {
                    throw unexpected(in, what);
                }
                yield value;
            }
            case VALUE_STRING ->
                switch (in.getText()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw unexpected(in, what);
                };
            default -> throw unexpected(in, what);
        };
    }

    private @Nullable Object document() throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> in.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> wholeDocument();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case START_ARRAY -> documents();
            case START_OBJECT -> documentMembers();
            default -> throw new Unreadable("");
        };
    }

    private Object wholeDocument() throws IOException {
        boolean wide = in.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
        return wide ? (Object) in.getDoubleValue() : (Object) in.getLongValue();
    }

    private List<@Nullable Object> documents() throws IOException {
        descend();
        var values = new ArrayList<@Nullable Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            values.add(document());
        }
        depth--;
        return values;
    }

    private Map<String, @Nullable Object> documentMembers() throws IOException {
        descend();
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            values.put(name, document());
        }
        depth--;
        return values;
    }

    private void descend() {
        if (++depth > MAX_DEPTH) {
            throw new Unreadable("");
        }
    }

    private Unreadable misplaced(String expectation) {
        return switch (in.currentToken()) {
            case START_ARRAY -> new Unreadable("Start of list found where not expected");
            case START_OBJECT -> new Unreadable("Start of structure or map found where not expected.");
            default -> new Unreadable(expectation);
        };
    }

    /// A value of another type than the model's, in the words of AWS's own framework.
    static Unreadable unexpected(JsonParser in, String what) {
        return switch (in.currentToken()) {
            case START_ARRAY -> new Unreadable("Start of list found where not expected");
            case START_OBJECT -> new Unreadable("Start of structure or map found where not expected.");
            case VALUE_STRING -> new Unreadable("STRING_VALUE can not be converted to " + what);
            case VALUE_TRUE -> new Unreadable("TRUE_VALUE can not be converted to " + what);
            case VALUE_FALSE -> new Unreadable("FALSE_VALUE can not be converted to " + what);
            case VALUE_NUMBER_INT -> new Unreadable("NUMBER_VALUE can not be converted to " + what);
            case VALUE_NUMBER_FLOAT -> new Unreadable("DECIMAL_VALUE can not be converted to " + what);
            default -> new Unreadable("");
        };
    }
}
