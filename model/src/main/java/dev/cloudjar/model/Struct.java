package dev.cloudjar.model;

import dev.cloudjar.model.Member.Trait;
import java.util.Arrays;
import java.util.Objects;
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

    /// Copies every member of `from` whose name and type this shape shares; members that `from` lacks stay as they
    /// are.
    public final void copyFrom(Struct from) {
        for (Member theirs : from.shape.members()) {
            Object value = from.get(theirs);
            if (value == null) {
                continue;
            }
            shape.member(theirs.name())
                    .filter(ours -> ours.target().type() == theirs.target().type())
                    .ifPresent(ours -> set(ours, value));
        }
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
