package dev.cloudjar.wire.validate;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Shape.Constraints;
import dev.cloudjar.model.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that a model demands of the values of a shape, with AWS's sentence for it.
sealed interface Constraint
        permits Constraint.Longest, Constraint.Shortest, Constraint.Most, Constraint.Least, Constraint.Known, Regex {
    String NOT_NULL = "Member must not be null";

    /// Enumerations whose values a service judges itself: S3 has words of its own for a region that is none,
    /// for an event that never happens, and for what a query may not ask.
    Set<String> OPEN = Set.of(
            "BucketLocationConstraint",
            "CompressionType",
            "Event",
            "ExpressionType",
            "FileHeaderInfo",
            "JSONType",
            "QuoteFields");

    boolean holds(Object value);

    /// What AWS says of a value that does not hold.
    String sentence();

    Violation.Kind kind();

    /// All constraints of `shape` itself, in the order in which AWS lists them.
    static List<Constraint> of(Shape shape) {
        Constraints constraints = shape.constraints();
        var all = new ArrayList<Constraint>(4);
        boolean length = isMeasured(shape.type());
        constraints.max().ifPresent(max -> all.add(length ? new Longest(max.longValue()) : new Most(max)));
        constraints.min().ifPresent(min -> all.add(length ? new Shortest(min.longValue()) : new Least(min)));
        constraints.pattern().flatMap(Regex::of).ifPresent(all::add);
        if (!constraints.values().isEmpty() && !OPEN.contains(shape.name())) {
            all.add(new Known(constraints.values(), Set.copyOf(constraints.values())));
        }
        return all;
    }

    private static boolean isMeasured(Type type) {
        return switch (type) {
            case STRING, BLOB, LIST, MAP, DOCUMENT, STRUCTURE, BOOLEAN, TIMESTAMP -> true;
            case INTEGER, LONG, FLOAT, DOUBLE -> false;
        };
    }

    private static long length(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Blob blob -> blob.size();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> -1;
        };
    }

    /// Numbers compare exactly: a long is not rounded to a double unless its bound is one.
    private static int compare(Object value, Number bound) {
        if (value instanceof Double || value instanceof Float || bound instanceof Double) {
            return Double.compare(((Number) value).doubleValue(), bound.doubleValue());
        }
        return Long.compare(((Number) value).longValue(), bound.longValue());
    }

    /// An upper bound of length.
    record Longest(long max) implements Constraint {
        @Override
        public boolean holds(Object value) {
            return length(value) <= max;
        }

        @Override
        public String sentence() {
            return "Member must have length less than or equal to " + max;
        }

        @Override
        public Violation.Kind kind() {
            return Violation.Kind.BOUNDS;
        }
    }

    /// A lower bound of length.
    record Shortest(long min) implements Constraint {
        @Override
        public boolean holds(Object value) {
            long length = length(value);
            return length < 0 || length >= min;
        }

        @Override
        public String sentence() {
            return "Member must have length greater than or equal to " + min;
        }

        @Override
        public Violation.Kind kind() {
            return Violation.Kind.BOUNDS;
        }
    }

    /// An upper bound of a number.
    record Most(Number max) implements Constraint {
        @Override
        public boolean holds(Object value) {
            return compare(value, max) <= 0;
        }

        @Override
        public String sentence() {
            return "Member must have value less than or equal to " + max;
        }

        @Override
        public Violation.Kind kind() {
            return Violation.Kind.BOUNDS;
        }
    }

    /// A lower bound of a number.
    record Least(Number min) implements Constraint {
        @Override
        public boolean holds(Object value) {
            return compare(value, min) >= 0;
        }

        @Override
        public String sentence() {
            return "Member must have value greater than or equal to " + min;
        }

        @Override
        public Violation.Kind kind() {
            return Violation.Kind.BOUNDS;
        }
    }

    /// The known values of an enumeration.
    record Known(List<String> values, Set<String> lookup) implements Constraint {
        @Override
        public boolean holds(Object value) {
            return lookup.contains(value);
        }

        @Override
        public String sentence() {
            return "Member must satisfy enum value set: " + values;
        }

        @Override
        public Violation.Kind kind() {
            return Violation.Kind.UNKNOWN_VALUE;
        }
    }

    /// Whether `value` is refused by any of `constraints`.
    static boolean anyBroken(List<Constraint> constraints, @Nullable Object value) {
        if (value == null) {
            return false;
        }
        for (Constraint constraint : constraints) {
            if (!constraint.holds(value)) {
                return true;
            }
        }
        return false;
    }
}
