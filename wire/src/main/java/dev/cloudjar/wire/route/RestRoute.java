package dev.cloudjar.wire.route;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.wire.auth.QueryText;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.UriTemplate.Literal;
import java.util.ArrayList;
import java.util.List;

/// One REST operation at the end of its path. Several share a path: literal parameters tell them apart, and where
/// they do not, the parameters and headers that each requires.
record RestRoute(
        OperationSchema operation,
        List<String> labels,
        List<Literal> literals,
        List<String> requiredParameters,
        List<String> requiredHeaders)
        implements Comparable<RestRoute> {
    /// Whoever asks for more comes first; of two that ask the same, the one that is not deprecated.
    @Override
    public int compareTo(RestRoute other) {
        int byLiterals = Integer.compare(other.literals.size(), literals.size());
        if (byLiterals != 0) {
            return byLiterals;
        }
        int byRequired = Integer.compare(other.required(), required());
        if (byRequired != 0) {
            return byRequired;
        }
        int byAge = Boolean.compare(
                operation.facts().deprecated(), other.operation.facts().deprecated());
        return byAge != 0 ? byAge : operation.name().compareTo(other.operation.name());
    }

    private int required() {
        return requiredParameters.size() + requiredHeaders.size();
    }

    /// `contested` is true where another operation has the same path and the same literals: only then does it
    /// matter what each requires, and only then are their inputs looked at.
    static RestRoute of(OperationSchema operation, UriTemplate template, boolean contested) {
        return new RestRoute(
                operation,
                template.labels(),
                template.query(),
                contested ? required(operation, Location.QUERY) : List.of(),
                contested ? required(operation, Location.HEADER) : List.of());
    }

    private static List<String> required(OperationSchema operation, Location location) {
        List<String> names = new ArrayList<>(2);
        for (Member member : operation.input().members()) {
            if (member.wire().location() == location && member.is(Trait.REQUIRED)) {
                names.add(member.wireName());
            }
        }
        return names;
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
