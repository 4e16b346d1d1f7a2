package dev.cloudjar.model;

import java.util.Optional;
import java.util.function.Supplier;

/// A list: its element, how XML and query name the element, and whether they leave out the wrapper.
public final class ListShape extends Shape {
    private final Supplier<Shape> element;
    private final Optional<String> elementName;
    private final boolean flattened;
    private final boolean sparse;

    public ListShape(
            String name,
            Constraints constraints,
            Supplier<Shape> element,
            Optional<String> elementName,
            boolean flattened,
            boolean sparse) {
        super(name, Type.LIST, constraints);
        this.element = element;
        this.elementName = elementName;
        this.flattened = flattened;
        this.sparse = sparse;
    }

    public Shape element() {
        return element.get();
    }

    /// The `locationName` that the model gives the element; XML falls back to `member`.
    public Optional<String> elementName() {
        return elementName;
    }

    public boolean flattened() {
        return flattened;
    }

    /// Whether nulls among the elements are kept.
    public boolean sparse() {
        return sparse;
    }
}
