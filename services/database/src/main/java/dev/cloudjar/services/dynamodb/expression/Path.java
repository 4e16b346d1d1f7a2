package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A document path: the name of an attribute, and the way to something within it.
public record Path(List<Step> steps) {
    /// One step down: into a map by name, or into a list by index.
    public sealed interface Step {
        /// A member of a map.
        record Name(String name) implements Step {
            @Override
            public String toString() {
                return name;
            }
        }

        /// An element of a list.
        record Index(int index) implements Step {
            @Override
            public String toString() {
                return "[" + index + "]";
            }
        }
    }

    public Path {
        steps = List.copyOf(steps);
    }

    public static Path of(String attribute) {
        return new Path(List.of(new Step.Name(attribute)));
    }

    /// The attribute of the item in which the path begins.
    public String attribute() {
        return ((Step.Name) steps.getFirst()).name();
    }

    public boolean isAttribute() {
        return steps.size() == 1;
    }

    Path parent() {
        return new Path(steps.subList(0, steps.size() - 1));
    }

    public Optional<Value> find(Map<String, Value> item) {
        Value found = item.get(attribute());
        for (int i = 1; i < steps.size() && found != null; i++) {
            found = below(found, steps.get(i)).orElse(null);
        }
        return Optional.ofNullable(found);
    }

    private static Optional<Value> below(Value value, Step step) {
        return switch (step) {
            case Step.Name name
            when value instanceof Value.M map ->
                Optional.ofNullable(map.members().get(name.name()));
            case Step.Index index
            when value instanceof Value.L list
                    && index.index() < list.elements().size() ->
                Optional.of(list.elements().get(index.index()));
            case Step.Name _, Step.Index _ -> Optional.empty();
        };
    }

    /// Whether this path leads to what `other` leads to, or through it, or the other way round.
    boolean overlaps(Path other) {
        int common = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, common).equals(other.steps.subList(0, common));
    }

    /// Whether one path takes for a map what the other takes for a list.
    boolean conflicts(Path other) {
        int common = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < common; i++) {
            Step one = steps.get(i);
            Step two = other.steps.get(i);
            if (!one.equals(two)) {
                return one.getClass() != two.getClass();
            }
        }
        return false;
    }

    /// The first pair of `paths` that cannot stand together, in DynamoDB's words.
    static Optional<String> clash(List<Path> paths) {
        List<Path> before = new ArrayList<>();
        for (Path path : paths) {
            for (Path earlier : before) {
                if (earlier.overlaps(path)) {
                    return Optional.of(clash("overlap", earlier, path));
                }
                if (earlier.conflicts(path)) {
                    return Optional.of(clash("conflict", earlier, path));
                }
            }
            before.add(path);
        }
        return Optional.empty();
    }

    private static String clash(String how, Path one, Path two) {
        return "Two document paths " + how + " with each other; must remove or rewrite one of these paths; path one: "
                + one + ", path two: " + two;
    }

    @Override
    public String toString() {
        return steps.toString();
    }
}
