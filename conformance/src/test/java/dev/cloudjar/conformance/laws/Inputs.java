package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts what a scene knows into the inputs that the models alone make, and names that are new where a resource
/// gets its name.
final class Inputs {
    private final Scene scene;
    private final OperationSchema operation;

    Inputs(Scene scene, OperationSchema operation) {
        this.scene = scene;
        this.operation = operation;
    }

    /// Fills all members but those that are `given`.
    Struct fill(Struct input, Set<String> given) {
        for (Member member : input.shape().members()) {
            Object value = input.get(member);
            if (value != null && !given.contains(member.name())) {
                input.set(member, filled(member.name(), member.target(), value));
            }
        }
        return input;
    }

    /// A value of a member of this name, with names and references in it.
    Object filled(String name, Shape shape, Object value) {
        return switch (value) {
            case Struct struct -> fill(struct, Set.of());
            case List<?> list
            when shape instanceof ListShape of ->
                list.stream()
                        .map(element -> filled(singular(name), of.element(), element))
                        .toList();
            case String text when shape.constraints().values().isEmpty() -> text(name, shape, text);
            default -> value;
        };
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private String text(String name, Shape shape, String sample) {
        return scene.value(name, operation).orElseGet(() -> fresh(shape).orElse(sample));
    }

    /// A name that is new, where the shape takes it.
    private Optional<String> fresh(Shape shape) {
        String name = scene.fresh();
        int min = shape.constraints().min().map(Number::intValue).orElse(0);
        int max = shape.constraints().max().map(Number::intValue).orElse(Integer.MAX_VALUE);
        boolean fits = shape.type() == Type.STRING
                && name.length() >= min
                && name.length() <= max
                && shape.constraints().pattern().map(name::matches).orElse(true);
        return fits ? Optional.of(name) : Optional.empty();
    }

    /// An input as outcomes are: maps, lists and texts.
    static Map<String, Object> tree(Struct input) {
        var tree = new LinkedHashMap<String, Object>();
        for (Member member : input.shape().members()) {
            Object value = input.get(member);
            if (value != null) {
                tree.put(member.name(), plain(value));
            }
        }
        return tree;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Struct struct -> tree(struct);
            case List<?> list -> list.stream().map(Inputs::plain).toList();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, one) -> copy.put(key.toString(), plain(one)));
                yield copy;
            }
            case Blob blob -> new String(blob.bytes(), StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }
}
