package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.ItemCodec;
import dev.cloudjar.services.dynamodb.value.KeptItem;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/// An item of a table, or the entry of an item in an index. `owner` is the lot of the table or the index;
/// `size` is in bytes as AWS counts them.
record Item(Key key, int size, Blob attributes) implements Row<Item.Key> {
    record Key(Lot owner, Blob bytes) {}

    Map<String, Value> values() {
        return ItemCodec.decode(attributes);
    }

    /// The item as answers have it.
    Map<String, AttributeValue> shown() {
        return new KeptItem<>(attributes, AttributeValue::new);
    }

    /// What a projection leaves of the item, as answers have it.
    Map<String, AttributeValue> shown(Optional<Excerpt> projection) {
        return projection.isEmpty()
                ? shown()
                : AttributeValues.write(projection.get().of(values()), AttributeValue::new);
    }
}
