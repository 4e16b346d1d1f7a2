package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writing one item: PutItem, UpdateItem and DeleteItem.
final class Writes implements DynamoDb {
    private static final Set<String> OLD_ONLY = Set.of("NONE", "ALL_OLD");
    private static final String REFUSED = "ReturnValues can only be ALL_OLD or NONE";

    private final Tables tables;
    private final Items items;

    Writes(Tables tables, Items items) {
        this.tables = tables;
        this.items = items;
    }

    @Override
    public PutItemOutput putItem(PutItemInput in) {
        Parameters.checkReturnValues(in, REFUSED, OLD_ONLY);
        var done = run(in, Draft.put(in));
        return new PutItemOutput()
                .attributes(done.attributes())
                .consumedCapacity(done.consumed())
                .itemCollectionMetrics(done.metrics());
    }

    @Override
    public UpdateItemOutput updateItem(UpdateItemInput in) {
        var done = run(in, Draft.update(in));
        return new UpdateItemOutput()
                .attributes(done.attributes())
                .consumedCapacity(done.consumed())
                .itemCollectionMetrics(done.metrics());
    }

    @Override
    public DeleteItemOutput deleteItem(DeleteItemInput in) {
        Parameters.checkReturnValues(in, REFUSED, OLD_ONLY);
        var done = run(in, Draft.delete(in));
        return new DeleteItemOutput()
                .attributes(done.attributes())
                .consumedCapacity(done.consumed())
                .itemCollectionMetrics(done.metrics());
    }

    private record Done(
            @org.jspecify.annotations.Nullable Map<String, AttributeValue> attributes,
            Optional<ConsumedCapacity> consumed,
            Optional<ItemCollectionMetrics> metrics) {}

    private Done run(Struct in, Draft draft) {
        Write write = draft.on(tables.forItems(draft.tableName()));
        Write.Outcome outcome = write.run(items);
        Optional<Map<String, Value>> returned =
                write.returned(Parameters.text(in, "ReturnValues").orElse("NONE"), outcome.change());
        return new Done(
                returned.map(values -> AttributeValues.write(values, AttributeValue::new))
                        .orElse(null),
                outcome.consumed()
                        .report(
                                Parameters.text(in, "ReturnConsumedCapacity"),
                                Parameters.text(in, "TableName").orElseThrow(),
                                Consumption.Kind.PLAIN),
                metrics(in, write));
    }

    /// How large the item collection is, which only tables with local indexes limit.
    static Optional<ItemCollectionMetrics> metrics(Struct in, Write write) {
        boolean asked = Parameters.text(in, "ReturnItemCollectionMetrics")
                .filter("SIZE"::equals)
                .isPresent();
        if (!asked || write.table().localIndexes().findAny().isEmpty()) {
            return Optional.empty();
        }
        String hash = write.table().keys().hash().getFirst().name();
        Map<String, Value> key = Map.of(hash, write.draft().attributes().get(hash));
        return Optional.of(new ItemCollectionMetrics()
                .itemCollectionKey(AttributeValues.write(key, AttributeValue::new))
                .sizeEstimateRangeGB(List.of(0.0, 1.0)));
    }
}
