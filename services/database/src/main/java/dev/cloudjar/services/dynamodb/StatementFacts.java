package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Values;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.partiql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The condition keys of one statement of PartiQL, beside the partitions that it wants.
///
/// @param enclosing the operation of which it is but a part, if it is a transaction
/// @param everywhere whether it may be about any partition
record StatementFacts(Statement statement, Optional<String> enclosing, boolean everywhere) implements Values {
    @Override
    public List<String> of(String key) {
        return switch (key) {
            case "dynamodb:attributes" -> attributes();
            case "dynamodb:select" -> select();
            case "dynamodb:fulltablescan" ->
                statement instanceof Statement.Select ? List.of(Boolean.toString(everywhere)) : List.of();
            case "dynamodb:returnvalues" ->
                statement instanceof Statement.Change || statement instanceof Statement.Delete
                        ? List.of(StatementRuns.returning(statement))
                        : List.of();
            case "dynamodb:enclosingoperation" -> enclosing.stream().toList();
            default -> List.of();
        };
    }

    private List<String> select() {
        if (!(statement instanceof Statement.Select select)) {
            return List.of();
        }
        String all = select.index().isPresent() ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES";
        return List.of(select.projection().isPresent() ? "SPECIFIC_ATTRIBUTES" : all);
    }

    private List<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        Consumer<Path> add = path -> names.add(path.attribute());
        switch (statement) {
            case Statement.Select select ->
                select.projection().ifPresent(projection -> projection.paths().forEach(add));
            case Statement.Insert insert -> names.addAll(insert.item().keySet());
            case Statement.Change change -> change.update().forEachPath(add);
            case Statement.Delete _, Statement.Exists _ -> {}
        }
        StatementRuns.parts(statement).forEach(part -> part.forEachPath(add));
        return List.copyOf(names);
    }
}
