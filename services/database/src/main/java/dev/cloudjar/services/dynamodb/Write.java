package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.CONDITIONAL_CHECK_FAILED_EXCEPTION;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.ConditionalCheckFailedException;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.Draft.Effect;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Sizes;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One write on one item of a table.
record Write(DynamoTable table, Blob key, Draft draft) {
    /// What a write has done and what it has cost.
    record Outcome(Items.Change change, Consumption consumed) {}

    Item.Key item() {
        return new Item.Key(table.lot(), key);
    }

    /// The same by itself, unless a transaction is at work on the item.
    Outcome runAlone(Items items) {
        items.conflicts().check(item());
        return run(items);
    }

    Outcome run(Items items) {
        Map<String, Value> before = items.claim(table, key);
        if (draft.condition().filter(condition -> !condition.holds(before)).isPresent()) {
            throw failed(before);
        }
        var change = new Items.Change(before, after(before));
        Consumption consumed =
                draft.effect() instanceof Effect.Check ? check(items, before) : items.write(table, key, change);
        return new Outcome(change, consumed);
    }

    private Consumption check(Items items, Map<String, Value> before) {
        items.allowance().check(table, Use.WRITE, draft.attributes());
        var consumed = new Consumption(table).add(Consumption.forWrite(Sizes.of(before)));
        items.allowance().charge(consumed, Use.WRITE);
        items.contributions().used(table, draft.attributes(), consumed.total());
        return consumed;
    }

    private AwsError failed(Map<String, Value> before) {
        String message = "The conditional request failed";
        if (!draft.returnsItemOnFailure() || before.isEmpty()) {
            return CONDITIONAL_CHECK_FAILED_EXCEPTION.because(message);
        }
        return CONDITIONAL_CHECK_FAILED_EXCEPTION.with(
                error -> ((ConditionalCheckFailedException) error)
                        .item(AttributeValues.write(before, AttributeValue::new)),
                message);
    }

    private Map<String, Value> after(Map<String, Value> before) {
        return switch (draft.effect()) {
            case Effect.Put _ -> draft.attributes();
            case Effect.Delete _ -> Map.of();
            case Effect.Check _ -> before;
            case Effect.Change change -> {
                Map<String, Value> start = new LinkedHashMap<>(before.isEmpty() ? draft.attributes() : before);
                Map<String, Value> changed = change.update().of(start);
                checkChanged(changed);
                yield changed;
            }
        };
    }

    private void checkChanged(Map<String, Value> changed) {
        if (Sizes.of(changed) > Draft.LARGEST_ITEM) {
            throw Refusals.invalid("Item size to update has exceeded the maximum allowed size");
        }
        KeyChecks.checkUpdated(table, changed);
    }

    /// The attributes that the caller wants to see, as `ReturnValues` says.
    Optional<Map<String, Value>> returned(String asked, Items.Change change) {
        return Optional.of(
                        switch (asked) {
                            case "ALL_OLD" -> change.before();
                            case "ALL_NEW" -> change.after();
                            case "UPDATED_OLD" -> updated(change.before());
                            case "UPDATED_NEW" -> updated(change.after());
                            default -> Map.<String, Value>of();
                        })
                .filter(some -> !some.isEmpty());
    }

    private Map<String, Value> updated(Map<String, Value> item) {
        return draft.effect() instanceof Effect.Change change
                ? new dev.cloudjar.services.dynamodb.expression.Excerpt(
                                change.update().paths())
                        .of(item)
                : Map.of();
    }
}
