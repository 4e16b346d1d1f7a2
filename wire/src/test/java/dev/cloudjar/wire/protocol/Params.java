package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a test case as values of their shape.
final class Params {
    private Params() {}

    /// Names that the shape lacks are left out; the model has moved on since some cases were recorded.
    static Struct struct(StructShape shape, Map<String, Object> params) {
        Struct struct = shape.create();
        params.forEach((name, value) ->
                shape.member(name).ifPresent(member -> struct.set(member, value(member.target(), value))));
        return struct;
    }

    static @Nullable Object value(Shape shape, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (shape.type()) {
            case STRING -> (String) value;
            case BOOLEAN -> (Boolean) value;
            case INTEGER -> (int) number(value);
            case LONG -> value instanceof Long exact ? exact : (Object) (long) number(value);
            case FLOAT -> (float) number(value);
            case DOUBLE -> number(value);
            case TIMESTAMP -> instant(value);
            case BLOB -> Blob.of((String) value);
            case DOCUMENT -> document(value);
            case LIST -> list((ListShape) shape, Tree.list(value));
            case MAP -> map((MapShape) shape, Tree.object(value));
            case STRUCTURE -> struct((StructShape) shape, Tree.object(value));
        };
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Scalars.decimal((String) value);
    }

    private static Instant instant(Object value) {
        if (value instanceof String text) {
            return OffsetDateTime.parse(text).toInstant();
        }
        long millis = BigDecimal.valueOf(number(value))
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return Instant.ofEpochMilli(millis);
    }

    private static List<@Nullable Object> list(ListShape shape, List<Object> values) {
        List<@Nullable Object> list = new ArrayList<>();
        values.forEach(value -> list.add(value(shape.element(), value)));
        return list;
    }

    private static Map<String, @Nullable Object> map(MapShape shape, Map<String, Object> values) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        values.forEach((key, value) -> map.put(key, value(shape.value(), value)));
        return map;
    }

    private static @Nullable Object document(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (value) {
            case Double number when number == Math.rint(number) -> number.longValue();
            case List<?> values -> {
                List<@Nullable Object> list = new ArrayList<>();
                values.forEach(element -> list.add(document(element)));
                yield list;
            }
            case Map<?, ?> members -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                members.forEach((name, member) -> map.put((String) name, document(member)));
                yield map;
            }
            default -> value;
        };
    }

    /// The members present, by name, with those left out that `leave` names.
    static Map<String, Object> plain(Struct struct, Leave leave) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null && !leave.test(member, value)) {
                members.put(member.name(), plain(value, leave));
            }
        }
        return members;
    }

    private static Object plain(@Nullable Object value, Leave leave) {
        return switch (value) {
            case null -> "null";
            case Struct nested -> plain(nested, leave);
            case List<?> values ->
                values.stream().map(element -> plain(element, leave)).toList();
            case Map<?, ?> entries -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                entries.forEach((key, entry) -> map.put(key, plain(entry, leave)));
                yield map;
            }
            default -> value;
        };
    }

    /// Which members do not count.
    @FunctionalInterface
    interface Leave {
        boolean test(Member member, Object value);
    }
}
