package dev.cloudjar.conformance.laws;

import dev.cloudjar.kernel.Bound;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A service under law: the operations it answers, and what is known of how they hang together.
record Subject(ServiceSchema schema, List<OperationSchema> operations, Graph graph, Hints hints, Set<String> kinds) {
    static Subject of(Bound bound) {
        List<OperationSchema> answered = bound.schema().operations().stream()
                .filter(bound::implementsOperation)
                .toList();
        Set<String> kinds = bound.service().kinds().stream()
                .map(kind -> kind.scope().name())
                .collect(Collectors.toSet());
        return new Subject(
                bound.schema(),
                answered,
                new Graph(answered),
                Hints.of(bound.schema().id()),
                kinds);
    }

    Optional<OperationSchema> operation(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst();
    }

    /// The operation called `name`, or the one of which it is a variant.
    Optional<Act> act(String name) {
        return operation(name.replaceFirst("#.*", "")).map(operation -> new Act(operation, name));
    }

    /// All that can be done: every operation and its variants.
    Stream<Act> acts() {
        return operations.stream()
                .flatMap(operation -> Stream.concat(
                        Stream.of(Act.usual(operation)),
                        hints.variants(operation.name()).stream().map(name -> new Act(operation, name))));
    }

    Protocol protocol() {
        return schema.facts().protocols().getFirst();
    }

    @Override
    public String toString() {
        return schema.id();
    }
}
