package dev.cloudjar.wire.validate;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What there is to check of the values of one shape, worked out once.
final class Plan {
    /// The plans of all shapes met so far.
    static final class Cache {
        private final Map<Shape, Plan> plans = new ConcurrentHashMap<>();

        Plan of(Shape shape) {
            Plan known = plans.get(shape);
            return known != null ? known : plans.computeIfAbsent(shape, Plan::new);
        }
    }

    private final List<Constraint> constraints;
    private final boolean[] required;
    private final boolean anything;

    private Plan(Shape shape) {
        this.constraints = Constraint.of(shape);
        this.required = shape instanceof StructShape struct ? required(struct) : new boolean[0];
        this.anything = reaches(shape, new HashSet<>());
    }

    private static boolean[] required(StructShape struct) {
        var required = new boolean[struct.members().size()];
        for (Member member : struct.members()) {
            required[member.index()] = member.is(Trait.REQUIRED);
        }
        return required;
    }

    /// Whether a constraint can be reached from `shape`.
    private static boolean reaches(Shape shape, Set<Shape> seen) {
        if (!seen.add(shape)) {
            return false;
        }
        if (!Constraint.of(shape).isEmpty()) {
            return true;
        }
        return switch (shape) {
            case StructShape struct ->
                struct.members().stream().anyMatch(m -> m.is(Trait.REQUIRED) || reaches(m.target(), seen));
            case ListShape list -> reaches(list.element(), seen);
            case MapShape map -> reaches(map.key(), seen) || reaches(map.value(), seen);
            case Shape scalar -> false;
        };
    }

    /// The constraints of the shape itself.
    List<Constraint> constraints() {
        return constraints;
    }

    boolean required(int index) {
        return required[index];
    }

    /// Whether a value can break a constraint here or further down.
    boolean anything() {
        return anything;
    }
}
