package dev.cloudjar.model;

import dev.cloudjar.model.Member.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of a structure: its shape and one slot a member. Generated classes extend it with typed accessors.
///
/// An absent member is an empty slot. Not safe for concurrent change: a struct belongs to the call that made it.
public class Struct {
    private final StructShape shape;
    private final @Nullable Object[] slots;

    public Struct(StructShape shape) {
        this.shape = shape;
        this.slots = new @Nullable Object[shape.members().size()];
    }

    public final StructShape shape() {
        return shape;
    }

    /// The value in slot `index`, or null where the member is absent.
    public final @Nullable Object get(int index) {
        return slots[index];
    }

    public final @Nullable Object get(Member member) {
        return slots[member.index()];
    }

    public final boolean has(int index) {
        return slots[index] != null;
    }

    public final void set(int index, @Nullable Object value) {
        slots[index] = value;
    }

    public final void set(Member member, @Nullable Object value) {
        slots[member.index()] = value;
    }

    /// The value of the member called `name`, or null where it is absent or the shape has no such member.
    public final @Nullable Object get(String name) {
        return shape.member(name).map(this::get).orElse(null);
    }

    /// The value in slot `index`, for generated accessors, which know its class; it must be there.
    @SuppressWarnings("unchecked")
    protected final <T> T requiredAt(int index) {
        Object value = slots[index];
        if (value == null) {
            throw new IllegalStateException(shape.members().get(index) + " of " + shape.name() + " is absent");
        }
        return (T) value;
    }

    @SuppressWarnings("unchecked")
    protected final <T> Optional<T> optionalAt(int index) {
        return Optional.ofNullable((T) slots[index]);
    }

    /// The list in slot `index`, empty where the member is absent.
    @SuppressWarnings("unchecked")
    protected final <T> List<T> listAt(int index) {
        Object value = slots[index];
        return value == null ? List.of() : (List<T>) value;
    }

    /// The map in slot `index`, empty where the member is absent.
    @SuppressWarnings("unchecked")
    protected final <T> Map<String, T> mapAt(int index) {
        Object value = slots[index];
        return value == null ? Map.of() : (Map<String, T>) value;
    }

    protected final void setAt(int index, Optional<?> value) {
        slots[index] = value.isPresent() ? value.get() : null;
    }

    /// Copies every member of `from` whose name and type this shape shares; members that `from` lacks stay as they
    /// are. A structure of another shape is copied likewise, on its own and within lists and maps.
    public final void copyFrom(Struct from) {
        for (Member theirs : from.shape.members()) {
            Object value = from.get(theirs);
            if (value != null) {
                shape.member(theirs.name()).ifPresent(ours -> take(ours, theirs, value));
            }
        }
    }

    private void take(Member ours, Member theirs, Object value) {
        boolean alike = ours.target().type() == theirs.target().type();
        if (alike && ours.is(Trait.STREAMING) == theirs.is(Trait.STREAMING)) {
            set(ours, copied(value, ours.target(), theirs.target()));
        }
    }

    private static @Nullable Object copied(@Nullable Object value, Shape ours, Shape theirs) {
        if (ours == theirs || value == null) {
            return value;
        }
        if (value instanceof Struct struct && ours instanceof StructShape shape) {
            Struct copy = shape.create();
            copy.copyFrom(struct);
            return copy;
        }
        if (value instanceof List<?> list && ours instanceof ListShape to && theirs instanceof ListShape from) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copied(element, to.element(), from.element())));
            return copy;
        }
        if (value instanceof Map<?, ?> map && ours instanceof MapShape to && theirs instanceof MapShape from) {
            Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, copied(element, to.value(), from.value())));
            return copy;
        }
        return value;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Struct that && shape == that.shape && Arrays.equals(slots, that.slots);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(slots);
    }

    /// Names and values of the members present; sensitive ones are hidden.
    @Override
    public final String toString() {
        var text = new StringBuilder(shape.name()).append('{');
        String separator = "";
        for (Member member : shape.members()) {
            Object value = get(member);
            if (value == null) {
                continue;
            }
            boolean hidden =
                    member.is(Trait.SENSITIVE) || member.target().constraints().sensitive();
            text.append(separator).append(member.name()).append('=').append(hidden ? "***" : Objects.toString(value));
            separator = ", ";
        }
        return text.append('}').toString();
    }
}
