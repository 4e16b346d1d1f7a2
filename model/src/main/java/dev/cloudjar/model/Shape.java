package dev.cloudjar.model;

import java.util.List;
import java.util.Optional;

/// A named type of a service's model with the constraints AWS declares for it.
public sealed class Shape permits ListShape, MapShape, StructShape {
    private final String name;
    private final Type type;
    private final Constraints constraints;

    /// What AWS says about every value of a shape. `min` and `max` bound the value of a number, the code points of
    /// a string, the bytes of a blob, the entries of a list or map. `values` are the known values of an
    /// enumeration, empty for all else.
    public record Constraints(
            Optional<Number> min,
            Optional<Number> max,
            Optional<String> pattern,
            List<String> values,
            Optional<TimestampFormat> timestampFormat,
            boolean sensitive) {
        public static final Constraints NONE = new Constraints(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(), false);

        public Constraints {
            values = List.copyOf(values);
        }
    }

    public Shape(String name, Type type, Constraints constraints) {
        this.name = name;
        this.type = type;
        this.constraints = constraints;
    }

    public final String name() {
        return name;
    }

    public final Type type() {
        return type;
    }

    public final Constraints constraints() {
        return constraints;
    }

    @Override
    public final String toString() {
        return name + " (" + type + ")";
    }
}
