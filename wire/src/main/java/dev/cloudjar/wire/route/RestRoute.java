package dev.cloudjar.wire.route;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.wire.auth.QueryText;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.UriTemplate.Literal;
import java.util.Comparator;
import java.util.List;

/// One REST operation at the end of its path. Several share a path: literal parameters tell them apart, and where they
/// do not, the parameters and headers that each requires.
record RestRoute(
        OperationSchema operation,
        List<String> labels,
        List<Literal> literals,
        List<String> requiredParameters,
        List<String> requiredHeaders) {
    /// Whoever asks for more comes first; of two that ask the same, the one that is not deprecated.
    static final Comparator<RestRoute> MOST_SPECIFIC_FIRST = Comparator.<RestRoute>comparingInt(
                    route -> -route.literals.size())
            .thenComparingInt(route -> -route.requiredParameters.size() - route.requiredHeaders.size())
            .thenComparing(route -> route.operation.facts().deprecated())
            .thenComparing(route -> route.operation.name());

    /// `contested` is true where another operation has the same path and the same literals: only then does it matter
    /// what each requires, and only then are their inputs looked at.
    static RestRoute of(OperationSchema operation, UriTemplate template, boolean contested) {
        return new RestRoute(
                operation,
                template.labels(),
                template.query(),
                contested ? required(operation, Location.QUERY) : List.of(),
                contested ? required(operation, Location.HEADER) : List.of());
    }

    private static List<String> required(OperationSchema operation, Location location) {
        return operation.input().members().stream()
                .filter(member -> member.is(Trait.REQUIRED) && member.wire().location() == location)
                .map(Member::wireName)
                .toList();
    }

    boolean hasLiterals(String query) {
        for (Literal literal : literals) {
            boolean there = literal.value().isEmpty()
                    ? QueryText.has(query, literal.name())
                    : QueryText.get(query, literal.name())
                            .filter(literal.value()::equals)
                            .isPresent();
            if (!there) {
                return false;
            }
        }
        return true;
    }

    boolean hasRequired(HttpRequest request) {
        for (String parameter : requiredParameters) {
            if (!QueryText.has(request.query(), parameter)) {
                return false;
            }
        }
        for (String header : requiredHeaders) {
            if (!request.headers().has(header)) {
                return false;
            }
        }
        return true;
    }
}
