package dev.cloudjar.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Some of the items of a listing, and the token that asks for those after them.
public record Page<V>(List<V> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    public <U> Page<U> map(Function<? super V, ? extends U> change) {
        return new Page<>(items.stream().<U>map(change).toList(), next);
    }
}
