package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.expression.Placeholders;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reading one item: GetItem, and what batches and transactions share with it.
final class Reads implements DynamoDb {
    private final Tables tables;
    private final Items items;

    Reads(Tables tables, Items items) {
        this.tables = tables;
        this.items = items;
    }

    /// A read as it is asked for, held to the rules that need no table.
    record Wanted(Map<String, Value> key, Optional<Excerpt> projection, boolean consistent, List<Path> nested) {
        static Wanted of(Struct in) {
            Parameters.checkTogether(in);
            Map<String, Value> key = Parameters.values(in, "Key");
            Placeholders given = Placeholders.of(in);
            Optional<Excerpt> projection = Parameters.projection(in, given);
            given.checkAllUsed();
            return new Wanted(key, projection, Parameters.is(in, "ConsistentRead"), given.nested());
        }
    }

    /// What was found, if anything, its size and what reading it has cost.
    record Found(Optional<Map<String, AttributeValue>> shown, int size, Consumption consumed) {}

    Found find(DynamoTable table, Wanted wanted) {
        KeyChecks.checkScalars(table, wanted.nested());
        KeyChecks.checkKey(table.keys(), wanted.key());
        items.allowance().check(table, Use.READ, wanted.key());
        Optional<Item> item = items.find(table, table.keys().bytes(wanted.key()).orElseThrow());
        int size = item.map(Item::size).orElse(0);
        var consumed = new Consumption(table).add(Consumption.forRead(size, wanted.consistent()));
        items.allowance().charge(consumed, Use.READ);
        items.contributions().used(table, wanted.key(), consumed.total());
        return new Found(item.map(each -> each.shown(wanted.projection())), size, consumed);
    }

    @Override
    public GetItemOutput getItem(GetItemInput in) {
        Wanted wanted = Wanted.of(in);
        Found found = find(tables.forItems(TableNames.of(in.tableName())), wanted);
        var out = new GetItemOutput();
        found.shown().ifPresent(out::item);
        return out.consumedCapacity(found.consumed().report(in, Consumption.Kind.PLAIN));
    }
}
