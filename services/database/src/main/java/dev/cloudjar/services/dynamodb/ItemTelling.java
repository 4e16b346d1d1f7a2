package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Telling;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.ItemCodec;
import dev.cloudjar.services.dynamodb.value.ItemJson;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people are told of items when states are compared: of which table or index they are, attribute by
/// attribute.
final class ItemTelling {
    static final Telling TELLING = new Telling(
            Item.class.getSimpleName(),
            DynamoTable.KIND,
            item -> member(item.get("key"), "owner"),
            ItemTelling::lots,
            item -> ItemJson.tree(
                    ItemCodec.decode(Blob.of(Base64.getDecoder().decode(String.valueOf(item.get("attributes")))))));

    private ItemTelling() {}

    private static @Nullable Object member(@Nullable Object record, String name) {
        return record instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static Map<@Nullable Object, String> lots(Map<String, @Nullable Object> table) {
        Map<@Nullable Object, String> lots = new HashMap<>();
        lots.put(member(table.get("identity"), "lot"), "items");
        if (table.get("indexes") instanceof List<?> indexes) {
            indexes.forEach(index -> lots.put(member(index, "lot"), "entries of " + member(index, "name")));
        }
        return lots;
    }
}
