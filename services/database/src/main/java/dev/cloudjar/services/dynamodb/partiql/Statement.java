package dev.cloudjar.services.dynamodb.partiql;

import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.expression.Update;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement, in the terms of DynamoDB's own expressions. `parts` are conditions that must all hold.
public sealed interface Statement {
    String table();

    /// Reads a statement whose question marks stand for `parameters`.
    static Statement parse(String text, List<Value> parameters) {
        return StatementGrammar.read(new Cursor(text, parameters));
    }

    /// Reads items of a table or an index.
    record Select(
            String table,
            Optional<String> index,
            Optional<Excerpt> projection,
            List<Requirement> parts,
            boolean descending)
            implements Statement {}

    /// Puts an item that must not be there yet.
    record Insert(String table, Map<String, Value> item) implements Statement {}

    /// Changes an item that must be there.
    record Change(String table, Update update, List<Requirement> parts, String returning) implements Statement {}

    /// Removes an item.
    record Delete(String table, List<Requirement> parts, String returning) implements Statement {}

    /// Asks, within a transaction, whether an item is there and is as the conditions say.
    record Exists(String table, List<Requirement> parts) implements Statement {}
}
