package dev.cloudjar.kernel;

import java.util.List;
import java.util.Optional;

/// A stretch of a table: the keys that begin with some components, from one value of the next component to
/// another. `Span.under("orders").from(5).until(9)` is all keys `(orders, n, ...)` with 5 <= n < 9.
public record Span(List<Object> leading, Optional<Object> low, Optional<Object> high, boolean descending) {
    public static final Span ALL = new Span(List.of(), Optional.empty(), Optional.empty(), false);

    public Span {
        leading = List.copyOf(leading);
    }

    public static Span under(Object... leading) {
        return new Span(List.of(leading), Optional.empty(), Optional.empty(), false);
    }

    /// From `value` of the next component on, that included.
    public Span from(Object value) {
        return new Span(leading, Optional.of(value), high, descending);
    }

    /// Up to `value` of the next component, that excluded.
    public Span until(Object value) {
        return new Span(leading, low, Optional.of(value), descending);
    }

    public Span reversed() {
        return new Span(leading, low, high, !descending);
    }
}
