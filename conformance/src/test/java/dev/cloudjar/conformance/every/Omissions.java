package dev.cloudjar.conformance.every;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The required members of an input, its own and those of structures within it, that can be left out one at a time.
/// Labels of the path
/// and streams are always there, if only empty.
final class Omissions {
    /// One member of one structure.
    record Omission(Struct within, Member member) {
        @Nullable
        Object take() {
            Object value = within.get(member);
            within.set(member, null);
            return value;
        }

        void putBack(@Nullable Object value) {
            within.set(member, value);
        }

        @Override
        public String toString() {
            return within.shape().name() + "." + member;
        }
    }

    private final List<Omission> found = new ArrayList<>();

    static List<Omission> of(Struct input) {
        var omissions = new Omissions();
        omissions.struct(input);
        return omissions.found;
    }

    private void struct(Struct struct) {
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value == null) {
                continue;
            }
            boolean always = member.wire().location() == Location.URI || member.is(Trait.STREAMING);
            if (member.is(Trait.REQUIRED) && !always) {
                found.add(new Omission(struct, member));
            }
            value(value);
        }
    }

    private void value(Object value) {
        switch (value) {
            case Struct struct -> struct(struct);
            case List<?> list -> list.forEach(this::value);
            case Map<?, ?> map -> map.values().forEach(this::value);
            default -> {}
        }
    }
}
