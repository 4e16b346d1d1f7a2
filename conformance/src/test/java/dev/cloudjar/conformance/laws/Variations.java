package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Inputs that differ in one place from one that succeeds, however deep it lies: one member more, another of the
/// values that it may have, a name that nobody has.
final class Variations {
    /// The change of an input, which may need things to be made in the scene.
    record Variation(String about, Function<Inputs, Struct> made) {}

    /// Another value in a place; nothing takes away what stands there.
    private record Change(String about, Function<Inputs, @Nullable Object> value) {}

    private static final int MOST = 90;
    private static final int DEEP = 4;
    private static final int KINDS = 8;

    private Variations() {}

    static List<Variation> of(Act act, Struct input) {
        var all = new ArrayList<Variation>();
        for (Member member : act.operation().input().members()) {
            if (member.wire().location() != Location.URI && !member.is(Trait.STREAMING)) {
                for (Change change : changes(member, input.get(member), 0)) {
                    all.add(new Variation(change.about(), inputs -> {
                        Struct changed = act.operation().input().create();
                        changed.copyFrom(input);
                        changed.set(member, change.value().apply(inputs));
                        return changed;
                    }));
                }
            } else if (input.get(member) instanceof String text && Words.refers(member.name())) {
                elsewhere(text)
                        .ifPresent(other -> all.add(new Variation(member + " of nobody", inputs -> {
                            Struct changed = act.operation().input().create();
                            changed.copyFrom(input);
                            changed.set(member, other);
                            return changed;
                        })));
            }
        }
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static List<Change> changes(Member member, @Nullable Object value, int depth) {
        if (value != null) {
            return changes(member.name(), member.target(), value, depth);
        }
        if (!member.target().constraints().values().isEmpty()) {
            return kinds(member.name(), member.target(), "");
        }
        return List.of(
                new Change("with " + member, inputs -> inputs.filled(member.name(), member.target(), sample(member))));
    }

    /// What is on by itself is more often off.
    private static Object sample(Member member) {
        return member.target().type() == Type.BOOLEAN ? true : new Samples().any(member);
    }

    private static List<Change> changes(String name, Shape shape, Object value, int depth) {
        if (depth > DEEP) {
            return List.of();
        }
        return switch (value) {
            case Struct struct -> within(name, (StructShape) shape, struct, depth);
            case List<?> list when !list.isEmpty() -> element(name, (ListShape) shape, list, depth);
            case Map<?, ?> map when !map.isEmpty() -> entry(name, (MapShape) shape, map, depth);
            case String text -> texts(name, shape, text, depth);
            case Integer _ when depth > 0 -> numbers(name, List.of(-1, 0, 1_000_000_000));
            case Long _ when depth > 0 -> numbers(name, List.of(-1L, 0L, 1_000_000_000L));
            case Boolean flag -> numbers(name, List.of(!flag));
            default -> List.of();
        };
    }

    private static List<Change> numbers(String name, List<?> values) {
        return values.stream()
                .map(value -> new Change(name + " " + value, inputs -> value))
                .toList();
    }

    private static List<Change> texts(String name, Shape shape, String text, int depth) {
        if (!shape.constraints().values().isEmpty()) {
            return kinds(name, shape, text);
        }
        var changes = new ArrayList<Change>();
        elsewhere(text)
                .filter(other -> Words.refers(name))
                .ifPresent(other -> changes.add(new Change(name + " of nobody", inputs -> other)));
        if (text.startsWith("{")) {
            changes.add(new Change(name + " {}", inputs -> "{}"));
            changes.add(new Change(name + " cut short", inputs -> text.substring(0, text.length() - 1)));
        }
        if (depth > 0) {
            changes.add(new Change(name + " nonsense", inputs -> "no sense!"));
            changes.add(new Change(name + " empty", inputs -> ""));
        }
        return changes;
    }

    private static List<Change> kinds(String name, Shape shape, String own) {
        return shape.constraints().values().stream()
                .filter(other -> !other.equals(own))
                .limit(KINDS)
                .map(other -> new Change(name + " " + other, inputs -> other))
                .toList();
    }

    /// A name of the same form, which nothing here has: one that is ours is longer, of any other the last
    /// letter or digit is another one.
    static Optional<String> elsewhere(String text) {
        if (text.matches("(?s).*law\\d+")) {
            return Optional.of(text + "x");
        }
        for (int i = text.length() - 1; i >= 0; i--) {
            char last = text.charAt(i);
            if (Character.isLetterOrDigit(last)) {
                char other = last == '7' ? '3' : Character.isDigit(last) ? '7' : last == 'e' ? 'a' : 'e';
                return Optional.of(text.substring(0, i) + other + text.substring(i + 1));
            }
        }
        return Optional.empty();
    }

    private static List<Change> within(String name, StructShape shape, Struct struct, int depth) {
        var changes = new ArrayList<Change>();
        for (Member member : shape.members()) {
            if (struct.get(member) != null && shape.members().size() > 1) {
                changes.add(new Change(name + " without " + member, inputs -> with(shape, struct, member, null)));
            }
            for (Change change : changes(member, struct.get(member), depth + 1)) {
                changes.add(new Change(
                        name + ": " + change.about(),
                        inputs -> with(shape, struct, member, change.value().apply(inputs))));
            }
        }
        return changes;
    }

    private static Struct with(StructShape shape, Struct struct, Member member, @Nullable Object value) {
        Struct changed = shape.create();
        changed.copyFrom(struct);
        changed.set(member, value);
        return changed;
    }

    private static List<Change> element(String name, ListShape shape, List<?> list, int depth) {
        var changes = new ArrayList<Change>();
        for (Change change : changes(name, shape.element(), list.getFirst(), depth + 1)) {
            changes.add(new Change(change.about(), inputs -> {
                var changed = new ArrayList<@Nullable Object>(list);
                changed.set(0, change.value().apply(inputs));
                return changed;
            }));
        }
        return changes;
    }

    private static List<Change> entry(String name, MapShape shape, Map<?, ?> map, int depth) {
        var changes = new ArrayList<Change>();
        Map.Entry<?, ?> first = map.entrySet().iterator().next();
        for (Change change : changes(name, shape.value(), first.getValue(), depth + 1)) {
            changes.add(new Change(change.about(), inputs -> {
                var changed = new LinkedHashMap<Object, @Nullable Object>(map);
                changed.put(first.getKey(), change.value().apply(inputs));
                return changed;
            }));
        }
        changes.add(new Change(name + " under no sense", inputs -> Map.of("no sense!", first.getValue())));
        return changes;
    }
}
