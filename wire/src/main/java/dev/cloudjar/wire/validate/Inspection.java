package dev.cloudjar.wire.validate;

import dev.cloudjar.model.Body;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One walk over one input. Stops gathering when there are more violations than anyone reads.
final class Inspection {
    private static final int ENOUGH = 100;

    private final Plan.Cache plans;
    private final boolean elementsNotNull;
    private List<Violation> violations = Collections.emptyList();

    Inspection(Plan.Cache plans, boolean elementsNotNull) {
        this.plans = plans;
        this.elementsNotNull = elementsNotNull;
    }

    List<Violation> violations() {
        return violations;
    }

    void struct(Struct struct, Path path) {
        Plan plan = plans.of(struct.shape());
        if (!plan.anything()) {
            return;
        }
        List<Member> members = struct.shape().members();
        for (int i = 0; i < members.size(); i++) {
            Object value = struct.get(i);
            if (value != null) {
                value(members.get(i).target(), value, new Path(path, members.get(i)));
            } else if (plan.required(i)) {
                Member member = members.get(i);
                add(new Violation(
                        Violation.Kind.MISSING,
                        member,
                        new Path(path, member).toString(),
                        Optional.empty(),
                        true,
                        Constraint.NOT_NULL));
            }
        }
    }

    private void value(Shape shape, Object value, Path path) {
        Plan plan = plans.of(shape);
        if (!plan.anything() || value instanceof Body || value instanceof EventStream) {
            return;
        }
        for (Constraint constraint : plan.constraints()) {
            if (!constraint.holds(value)) {
                broken(constraint.kind(), path, shape, value, constraint.sentence());
            }
        }
        inside(shape, value, path);
    }

    private void inside(Shape shape, Object value, Path path) {
        switch (shape) {
            case StructShape struct -> struct((Struct) value, path);
            case ListShape list -> list(list, (Collection<?>) value, path);
            case MapShape map -> map(map, (Map<?, ?>) value, path);
            case Shape scalar -> {}
        }
    }

    private void list(ListShape shape, Collection<?> values, Path path) {
        Shape element = shape.element();
        if (isScalar(element)) {
            scalars(element, values, "Member must satisfy constraint: [", path, new Whole(shape, values));
            return;
        }
        int number = 1;
        for (Object value : values) {
            if (value != null) {
                value(element, value, new Path(path, number + ".member"));
            }
            number++;
        }
    }

    private void map(MapShape shape, Map<?, ?> entries, Path path) {
        Whole whole = new Whole(shape, entries);
        scalars(shape.key(), entries.keySet(), "Map keys must satisfy constraint: [", path, whole);
        scalars(shape.value(), entries.values(), "Map value must satisfy constraint: [", path, whole);
        if (isScalar(shape.value()) || !plans.of(shape.value()).anything()) {
            return;
        }
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            Object value = entry.getValue();
            if (value != null) {
                inside(shape.value(), value, new Path(path, entry.getKey() + ".member"));
            }
        }
    }

    /// A list or map and its shape: violations of its scalars are its own.
    private record Whole(Shape shape, Object value) {}

    private void scalars(Shape element, Collection<?> values, String opening, Path path, Whole whole) {
        List<Constraint> constraints = plans.of(element).constraints();
        if (constraints.isEmpty()) {
            return;
        }
        for (Object value : values) {
            if (Constraint.anyBroken(constraints, value)) {
                String all = constraints.stream()
                        .map(Constraint::sentence)
                        .collect(Collectors.joining(
                                ", ", opening, elementsNotNull ? ", " + Constraint.NOT_NULL + "]" : "]"));
                boolean sensitive = element.constraints().sensitive();
                broken(constraints.getFirst().kind(), path, sensitive ? element : whole.shape(), whole.value(), all);
                return;
            }
        }
    }

    private static boolean isScalar(Shape shape) {
        return !(shape instanceof StructShape || shape instanceof ListShape || shape instanceof MapShape);
    }

    private void broken(Violation.Kind kind, Path path, Shape shape, Object value, String sentence) {
        Member member = path.member();
        boolean hidden = member.is(Trait.SENSITIVE) || shape.constraints().sensitive();
        add(new Violation(kind, member, path.toString(), Optional.of(value), !hidden, sentence));
    }

    private void add(Violation violation) {
        if (violations.isEmpty()) {
            violations = new ArrayList<>();
        }
        if (violations.size() < ENOUGH) {
            violations.add(violation);
        }
    }

    /// Where a value stands; written out only when something is wrong there.
    static final class Path {
        private final @Nullable Path outer;
        private final @Nullable Member member;
        private final String name;

        /// The input itself.
        Path() {
            this.outer = null;
            this.member = null;
            this.name = "";
        }

        Path(Path outer, Member member) {
            this.outer = outer;
            this.member = member;
            this.name = "";
        }

        Path(Path outer, String name) {
            this.outer = outer;
            this.member = null;
            this.name = name;
        }

        /// The innermost member on the way here.
        Member member() {
            if (member != null) {
                return member;
            }
            if (outer == null) {
                throw new IllegalStateException("an input has no member");
            }
            return outer.member();
        }

        @Override
        public String toString() {
            String own = member == null ? name : lowered(member.name());
            String before = outer == null ? "" : outer.toString();
            return before.isEmpty() ? own : before + '.' + own;
        }

        private static String lowered(String name) {
            return Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
    }
}
