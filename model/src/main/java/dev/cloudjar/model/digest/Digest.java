package dev.cloudjar.model.digest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What AWS's model says about one service, as lines: the service itself, its operations, shapes and waiters.
public record Digest(List<Entry> entries) {
    private static final Set<String> NOT_SHAPES = Set.of("service", "operation", "waiter");

    public Digest {
        entries = List.copyOf(entries);
    }

    public String id() {
        return service().name();
    }

    public Entry service() {
        return entries.getFirst();
    }

    public List<Entry> operations() {
        return of("operation").toList();
    }

    public List<Entry> waiters() {
        return of("waiter").toList();
    }

    public List<Entry> shapes() {
        return entries.stream().filter(e -> !NOT_SHAPES.contains(e.kind())).toList();
    }

    public Optional<Entry> shape(String name) {
        return entries.stream()
                .filter(e -> !NOT_SHAPES.contains(e.kind()) && e.name().equals(name))
                .findFirst();
    }

    public Optional<Entry> operation(String name) {
        return of("operation").filter(e -> e.name().equals(name)).findFirst();
    }

    private Stream<Entry> of(String kind) {
        return entries.stream().filter(e -> e.kind().equals(kind));
    }
}
