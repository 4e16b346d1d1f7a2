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
        return run(in, Draft.put(in, name(in)), new PutItemOutput());
    }

    @Override
    public UpdateItemOutput updateItem(UpdateItemInput in) {
        return run(in, Draft.update(in, name(in)), new UpdateItemOutput());
    }

    @Override
    public DeleteItemOutput deleteItem(DeleteItemInput in) {
        Parameters.checkReturnValues(in, REFUSED, OLD_ONLY);
        return run(in, Draft.delete(in, name(in)), new DeleteItemOutput());
    }

    private static String name(Struct in) {
        return TableNames.of(Parameters.text(in, "TableName").orElseThrow());
    }

    /// Makes the write and fills `out`, the answer of any of the three operations.
    private <O extends Struct> O run(Struct in, Draft draft, O out) {
        Write write = draft.on(tables.forItems(draft.tableName()));
        Write.Outcome outcome = write.runAlone(items);
        String returned = Parameters.text(in, "ReturnValues").orElse("NONE");
        Parameters.set(
                out,
                "Attributes",
                write.returned(returned, outcome.change())
                        .map(values -> AttributeValues.write(values, AttributeValue::new)));
        Parameters.set(out, "ConsumedCapacity", outcome.consumed().report(in, Consumption.Kind.PLAIN));
        Parameters.set(out, "ItemCollectionMetrics", metrics(in, write));
        return out;
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
                .sizeEstimateRangeGb(List.of(0.0, 1.0)));
    }
}
