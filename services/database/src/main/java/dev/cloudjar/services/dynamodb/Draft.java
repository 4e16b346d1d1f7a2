package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.expression.Placeholders;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.expression.Update;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Sizes;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One write as it is asked for, held to all rules that need neither table nor item.
///
/// @param attributes the item of a put, the key of all others
/// @param nested the paths in its expressions that lead into an attribute
record Draft(
        String tableName,
        Map<String, Value> attributes,
        Optional<Requirement> condition,
        Effect effect,
        boolean returnsItemOnFailure,
        List<Path> nested) {
    static final int LARGEST_ITEM = 409_600;

    /// What a write does to the item.
    sealed interface Effect {
        /// Puts the item in place of what is there.
        record Put() implements Effect {}

        /// Changes what is there.
        record Change(Update update) implements Effect {}

        /// Removes what is there.
        record Delete() implements Effect {}

        /// Leaves what is there; only the condition counts.
        record Check() implements Effect {}
    }

    static Draft put(Struct in, String tableName) {
        Parameters.checkTogether(in);
        Map<String, Value> item = Parameters.values(in, "Item");
        checkSize(item);
        return draft(in, tableName, item, new Effect.Put());
    }

    static void checkSize(Map<String, Value> item) {
        if (Sizes.of(item) > LARGEST_ITEM) {
            throw Refusals.invalid("Item size has exceeded the maximum allowed size");
        }
    }

    static Draft delete(Struct in, String tableName) {
        Parameters.checkTogether(in);
        return draft(in, tableName, Parameters.values(in, "Key"), new Effect.Delete());
    }

    static Draft check(Struct in, String tableName) {
        return draft(in, tableName, Parameters.values(in, "Key"), new Effect.Check());
    }

    private static Draft draft(Struct in, String tableName, Map<String, Value> attributes, Effect effect) {
        Placeholders given = Placeholders.of(in);
        Optional<Requirement> condition = condition(in, given);
        given.checkAllUsed();
        return new Draft(tableName, attributes, condition, effect, returnsItem(in), given.nested());
    }

    static Draft update(Struct in, String tableName) {
        Parameters.checkTogether(in);
        Map<String, Value> key = Parameters.values(in, "Key");
        Optional<Update> legacy = LegacyUpdates.read(in);
        Placeholders given = Placeholders.of(in);
        Optional<Update> update = Parameters.text(in, "UpdateExpression").map(text -> Update.parse(text, given));
        Optional<Requirement> condition = condition(in, given);
        given.checkAllUsed();
        Effect effect = new Effect.Change(update.or(() -> legacy).orElse(new Update(List.of())));
        return new Draft(tableName, key, condition, effect, returnsItem(in), given.nested());
    }

    private static Optional<Requirement> condition(Struct in, Placeholders given) {
        return Parameters.condition(in, "ConditionExpression", given).or(() -> LegacyConditions.read(in, "Expected"));
    }

    private static boolean returnsItem(Struct in) {
        return Parameters.text(in, "ReturnValuesOnConditionCheckFailure")
                .filter("ALL_OLD"::equals)
                .isPresent();
    }

    /// The same in a batch, where AWS says of an item what it says of a key: that it does not match.
    Write inBatch(DynamoTable table) {
        KeyChecks.checkTypes(table.keys(), attributes);
        return on(table);
    }

    /// The write on `table`, once it fits the table's keys.
    Write on(DynamoTable table) {
        if (effect instanceof Effect.Put) {
            KeyChecks.checkItem(table, attributes);
        } else {
            KeyChecks.checkKey(table.keys(), attributes);
        }
        KeyChecks.checkScalars(table, nested);
        if (effect instanceof Effect.Change change) {
            change.update().paths().stream()
                    .map(Path::attribute)
                    .filter(table.keys()::has)
                    .findFirst()
                    .ifPresent(key -> {
                        throw Refusals.parameters("Cannot update attribute %s. This attribute is part of the key", key);
                    });
        }
        return new Write(table, table.keys().bytes(attributes).orElseThrow(), this);
    }
}
