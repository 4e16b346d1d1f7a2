package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Query or Scan answers of each item: `what` is one of AWS's four words, where one was given.
record Choice(Optional<String> what, Optional<Excerpt> projection) {
    static Choice of(Struct in, Optional<Excerpt> projection) {
        Optional<String> what = Parameters.text(in, "Select");
        boolean specific = what.filter("SPECIFIC_ATTRIBUTES"::equals).isPresent();
        if (specific && projection.isEmpty()) {
            throw Refusals.invalid("Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                    + " SPECIFIC_ATTRIBUTES");
        }
        if (projection.isPresent() && what.isPresent() && !specific) {
            String parameter = in.get("ProjectionExpression") == null ? "AttributesToGet" : "ProjectionExpression";
            throw Refusals.invalid(
                    "Cannot specify the %s when choosing to get %s",
                    parameter, what.get().equals("COUNT") ? "only the Count" : what.get());
        }
        if (what.filter("ALL_PROJECTED_ATTRIBUTES"::equals).isPresent() && in.get("IndexName") == null) {
            throw Refusals.invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
        return new Choice(what, projection);
    }

    boolean isCount() {
        return what.filter("COUNT"::equals).isPresent();
    }

    private List<String> attributes() {
        return projection.stream()
                .flatMap(each -> each.paths().stream())
                .map(Path::attribute)
                .toList();
    }

    /// Refuses what a global index does not have.
    void check(Source source) {
        source.index().filter(Index::isGlobal).ifPresent(index -> {
            if (what.filter("ALL_ATTRIBUTES"::equals).isPresent()
                    && !index.projected().isAll()) {
                throw Refusals.parameters(
                        "Select type ALL_ATTRIBUTES is not supported for global secondary index %s because its"
                                + " projection type is not ALL",
                        index.name());
            }
            List<String> missing = attributes().stream()
                    .filter(name -> !index.covers(source.table().keys(), List.of(name)))
                    .distinct()
                    .toList();
            if (!missing.isEmpty()) {
                throw Refusals.parameters(
                        "Global secondary index %s does not project %s", index.name(), Parameters.joined(missing));
            }
        });
    }

    /// Whether an item's table has to be asked for what the index does not have.
    boolean needsTable(Source source) {
        return source.index()
                .filter(index -> !index.isGlobal())
                .filter(index -> what.filter("ALL_ATTRIBUTES"::equals).isPresent()
                                && !index.projected().isAll()
                        || !index.covers(source.table().keys(), attributes()))
                .isPresent();
    }

    Map<String, Value> of(Map<String, Value> item) {
        return projection.map(each -> each.of(item)).orElse(item);
    }
}
