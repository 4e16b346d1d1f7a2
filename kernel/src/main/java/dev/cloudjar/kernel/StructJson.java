package dev.cloudjar.kernel;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of AWS's shapes as JSON and back, by the names of their members: for documents that a service keeps
/// as they came, such as the configurations of a bucket.
public final class StructJson {
    private StructJson() {}

    public static String write(Struct value) {
        return Json.write(tree(value));
    }

    private static @Nullable Object tree(@Nullable Object value) {
        return switch (value) {
            case Struct struct -> {
                var members = new LinkedHashMap<String, @Nullable Object>();
                for (Member member : struct.shape().members()) {
                    if (struct.get(member) != null) {
                        members.put(member.name(), tree(struct.get(member)));
                    }
                }
                yield members;
            }
            case List<?> list -> {
                var elements = new ArrayList<@Nullable Object>(list.size());
                list.forEach(element -> elements.add(tree(element)));
                yield elements;
            }
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, element) -> entries.put(String.valueOf(key), tree(element)));
                yield entries;
            }
            case Blob blob -> blob.base64();
            case Float number -> number.doubleValue();
            case null -> null;
            default -> value;
        };
    }

    /// Reads what [#write] wrote into `into`, whose shape it has; members that the shape has lost are passed
    /// over.
    public static <S extends Struct> S read(String json, S into) {
        fill(Json.object(json).orElseThrow(() -> new IllegalArgumentException("not a document: " + json)), into);
        return into;
    }

    private static void fill(Map<?, ?> members, Struct into) {
        members.forEach((name, value) -> into.shape()
                .member(String.valueOf(name))
                .ifPresent(member -> into.set(member, value(member.target(), value))));
    }

    private static @Nullable Object value(Shape shape, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> map && shape instanceof StructShape struct) {
            Struct value = struct.create();
            fill(map, value);
            return value;
        }
        if (tree instanceof List<?> list && shape instanceof ListShape elements) {
            var values = new ArrayList<@Nullable Object>(list.size());
            list.forEach(element -> values.add(value(elements.element(), element)));
            return values;
        }
        if (tree instanceof Map<?, ?> map && shape instanceof MapShape entries) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, element) -> values.put(String.valueOf(key), value(entries.value(), element)));
            return values;
        }
        return tree == null ? null : scalar(shape.type(), tree);
    }

    private static Object scalar(Type type, Object tree) {
        return switch (type) {
            case TIMESTAMP -> Instant.parse((String) tree);
            case BLOB -> Blob.of(Base64.getDecoder().decode((String) tree));
            case INTEGER -> ((Number) tree).intValue();
            case FLOAT -> ((Number) tree).floatValue();
            case DOUBLE -> ((Number) tree).doubleValue();
            default -> tree;
        };
    }
}
