package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Attribute values as the model has them: read from requests, where they are held to AWS's rules, and written
/// into answers. DynamoDB and DynamoDB Streams each have a structure of their own for them, with the same
/// members.
public final class AttributeValues {
    private static final int DEEPEST = 32;

    private AttributeValues() {}

    public static Map<String, Value> read(Map<String, ? extends Struct> sent) {
        Map<String, Value> values = LinkedHashMap.newLinkedHashMap(sent.size());
        sent.forEach((name, value) -> values.put(name, read(value, 1)));
        return values;
    }

    /// A number that was written outside an AttributeValue.
    public static Value number(String text) {
        return new Value.N(Numbers.normal(text));
    }

    public static Value read(Struct sent) {
        return read(sent, 1);
    }

    private static Value read(Struct sent, int depth) {
        int slot = slot(sent);
        Object content = sent.get(slot);
        if (content == null) {
            throw new IllegalStateException("slot " + slot + " is taken");
        }
        if (depth > DEEPEST) {
            throw Refusals.invalid("Nesting Levels have exceeded supported limits");
        }
        Type type = Type.at(slot);
        return switch (type) {
            case S, N, B -> scalar(type, content);
            case SS, NS, BS -> set(type, (List<?>) content);
            case M -> new Value.M(members((Map<?, ?>) content, depth + 1));
            case L -> new Value.L(elements((List<?>) content, depth + 1));
            case NULL -> {
                if (!(Boolean) content) {
                    throw Refusals.parameters("Null attribute value types must have the value of true");
                }
                yield new Value.Null();
            }
            case BOOL -> new Value.Bool((Boolean) content);
        };
    }

    /// The one slot that is taken.
    private static int slot(Struct sent) {
        int found = -1;
        for (int i = 0; i <= Type.BOOL.ordinal(); i++) {
            if (sent.has(i)) {
                if (found >= 0) {
                    throw Refusals.invalid("Supplied AttributeValue has more than one datatypes set,"
                            + " must contain exactly one of the supported datatypes");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw Refusals.invalid(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        return found;
    }

    private static Value.Scalar scalar(Type type, Object content) {
        return switch (type) {
            case S -> new Value.S((String) content);
            case N -> new Value.N(Numbers.normal((String) content));
            default -> new Value.B((Blob) content);
        };
    }

    private static Map<String, Value> members(Map<?, ?> sent, int depth) {
        Map<String, Value> members = LinkedHashMap.newLinkedHashMap(sent.size());
        sent.forEach((name, value) -> members.put((String) name, read((Struct) value, depth)));
        return members;
    }

    private static List<Value> elements(List<?> sent, int depth) {
        List<Value> elements = new ArrayList<>(sent.size());
        sent.forEach(value -> elements.add(read((Struct) value, depth)));
        return elements;
    }

    private static Value.Many set(Type type, List<?> sent) {
        if (sent.isEmpty()) {
            throw Refusals.parameters(
                    switch (type) {
                        case SS -> "An string set  may not be empty";
                        case NS -> "An number set  may not be empty";
                        default -> "Binary sets should not be empty";
                    });
        }
        Set<Value.Scalar> members = LinkedHashSet.newLinkedHashSet(sent.size());
        for (Object member : sent) {
            if (!members.add(scalar(type.member(), member))) {
                throw duplicates(type, sent);
            }
        }
        return new Value.Many(type, members);
    }

    private static RuntimeException duplicates(Type type, List<?> sent) {
        return switch (type) {
            case SS -> Refusals.parameters("Input collection %s contains duplicates.", sent);
            case NS -> Refusals.invalid("Input collection contains duplicates");
            default -> Refusals.parameters("Input collection %s of type BS contains duplicates.", binaries(sent));
        };
    }

    private static String binaries(List<?> sent) {
        return sent.stream().map(each -> ((Blob) each).base64()).toList().toString();
    }

    public static <A extends Struct> Map<String, A> write(Map<String, Value> values, Supplier<A> shape) {
        Map<String, A> written = LinkedHashMap.newLinkedHashMap(values.size());
        for (Map.Entry<String, Value> value : values.entrySet()) {
            written.put(value.getKey(), write(value.getValue(), shape));
        }
        return written;
    }

    public static <A extends Struct> A write(Value value, Supplier<A> shape) {
        A written = shape.get();
        written.set(
                value.type().ordinal(),
                switch (value) {
                    case Value.Scalar scalar -> content(scalar);
                    case Value.Many set ->
                        set.members().stream().map(AttributeValues::content).toList();
                    case Value.M map -> write(map.members(), shape);
                    case Value.L list ->
                        list.elements().stream().map(each -> write(each, shape)).toList();
                    case Value.Null _ -> true;
                    case Value.Bool bool -> bool.truth();
                });
        return written;
    }

    private static @Nullable Object content(Value.Scalar scalar) {
        return switch (scalar) {
            case Value.S text -> text.text();
            case Value.N number -> number.text();
            case Value.B binary -> binary.bytes();
        };
    }

    /// A value as DynamoDB's messages print it: `{S:abc}`.
    public static String printed(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> "{" + scalar.type() + ":" + printed(content(scalar)) + "}";
            case Value.Many set ->
                "{" + set.type() + ":"
                        + set.members().stream()
                                .map(each -> printed(content(each)))
                                .toList() + "}";
            case Value.M map ->
                map.members().entrySet().stream()
                        .map(member -> member.getKey() + "=" + printed(member.getValue()))
                        .collect(Collectors.joining(",", "{M:{", "}}"));
            case Value.L list ->
                "{L:" + list.elements().stream().map(AttributeValues::printed).toList() + "}";
            case Value.Null _ -> "{NULL:true}";
            case Value.Bool bool -> "{BOOL:" + bool.truth() + "}";
        };
    }

    private static @Nullable Object printed(@Nullable Object content) {
        return content instanceof Blob blob ? blob.base64() : content;
    }
}
