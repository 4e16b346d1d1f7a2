package dev.cloudjar.model;

import java.util.Optional;
import java.util.function.Supplier;

/// A map from strings: its key and value shapes and how XML and query name them.
public final class MapShape extends Shape {
    private final Supplier<Shape> key;
    private final Supplier<Shape> value;
    private final Optional<String> keyName;
    private final Optional<String> valueName;
    private final boolean flattened;
    private final boolean sparse;

    public MapShape(
            String name,
            Constraints constraints,
            Supplier<Shape> key,
            Supplier<Shape> value,
            Optional<String> keyName,
            Optional<String> valueName,
            boolean flattened,
            boolean sparse) {
        super(name, Type.MAP, constraints);
        this.key = key;
        this.value = value;
        this.keyName = keyName;
        this.valueName = valueName;
        this.flattened = flattened;
        this.sparse = sparse;
    }

    public Shape key() {
        return key.get();
    }

    public Shape value() {
        return value.get();
    }

    /// The `locationName` of the key; XML falls back to `key`.
    public Optional<String> keyName() {
        return keyName;
    }

    /// The `locationName` of the value; XML falls back to `value`.
    public Optional<String> valueName() {
        return valueName;
    }

    public boolean flattened() {
        return flattened;
    }

    public boolean sparse() {
        return sparse;
    }
}
