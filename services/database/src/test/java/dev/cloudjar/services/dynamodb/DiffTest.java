package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.kernel.Diff;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Items that differ are told as items of their table.
class DiffTest {
    @AutoClose
    private final Database db = Database.fresh();

    @Test
    void itemsAreCountedByTableAndReadAttributeByAttribute() {
        db.call(table("orders", "id:S"));
        db.put("orders", "id", "kept", "n", 1);
        db.put("orders", "id", "gone");
        db.world().snapshots().save("before");
        db.put("orders", "id", "kept", "n", 2);
        db.put("orders", "id", "new");
        db.call(new DeleteItemInput().tableName("orders").key(item("id", "gone")));

        db.world().snapshots().save("after");
        Diff diff = db.world().snapshots().diff("before", "after");

        String items = "items of arn:aws:dynamodb:" + db.region() + ":"
                + db.world().settings().account() + ":table/orders";
        List<Diff.Others> told = diff.others().stream()
                .filter(each -> each.table().equals(items))
                .toList();
        assertThat(told).extracting(Diff.Others::counts).containsExactly(new Diff.Counts(1, 1, 1));
        assertThat(told.getFirst().samples())
                .contains(Map.of("n", new Diff.Attribute(Map.of("N", "1"), Map.of("N", "2"))));
    }
}
