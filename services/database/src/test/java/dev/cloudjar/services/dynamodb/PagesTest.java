package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.CreateBackupInput;
import dev.cloudjar.api.DynamoDb.CreateBackupOutput;
import dev.cloudjar.api.DynamoDb.CreateReplicationGroupMemberAction;
import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.DescribeTableOutput;
import dev.cloudjar.api.DynamoDb.ReplicationGroupUpdate;
import dev.cloudjar.api.DynamoDb.RestoreTableFromBackupInput;
import dev.cloudjar.api.DynamoDb.ScanInput;
import dev.cloudjar.api.DynamoDb.ScanOutput;
import dev.cloudjar.api.DynamoDb.TransactWriteItem;
import dev.cloudjar.api.DynamoDb.TransactWriteItemsInput;
import dev.cloudjar.api.DynamoDb.Update;
import dev.cloudjar.api.DynamoDb.UpdateTableInput;
import dev.cloudjar.api.DynamoDb.UpdateTableOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What copies a table of several pages while it changes has it as it was at one instant, or follows it.
class PagesTest {
    private static final int ITEMS = 2_500;
    private static final String AWAY = "eu-west-1";

    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void fillATable() {
        db.call(table("bank", "id:N"));
        IntStream.range(0, ITEMS).forEach(i -> db.put("bank", "id", i, "balance", 10));
    }

    private static List<Map<String, AttributeValue>> scan(Database where, String table) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        Map<String, AttributeValue> last = Map.of();
        do {
            var request = new ScanInput().tableName(table).limit(1_000);
            ScanOutput page = where.call(last.isEmpty() ? request : request.exclusiveStartKey(last));
            found.addAll(page.items());
            last = page.lastEvaluatedKey();
        } while (!last.isEmpty());
        return found;
    }

    private static int sum(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(each -> each.getOrDefault("balance", Database.value(0)))
                .mapToInt(balance -> Integer.parseInt(balance.n().orElseThrow()))
                .sum();
    }

    private static TransactWriteItem add(int id, int amount) {
        return new TransactWriteItem()
                .update(new Update()
                        .tableName("bank")
                        .key(item("id", id))
                        .updateExpression("ADD balance :a")
                        .expressionAttributeValues(item(":a", amount)));
    }

    @Test
    void aBackupIsOfOneInstantWhateverIsWrittenMeanwhile() throws InterruptedException {
        var over = new AtomicBoolean();
        Thread writer = Thread.startVirtualThread(() -> {
            var random = new SplittableRandom(1);
            while (!over.get()) {
                int from = random.nextInt(ITEMS);
                int to = (from + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
                db.call(new TransactWriteItemsInput().transactItems(List.of(add(from, -1), add(to, 1))));
            }
        });
        for (int i = 0; i < 5; i++) {
            CreateBackupOutput made =
                    db.call(new CreateBackupInput().tableName("bank").backupName("b" + i));
            String arn = made.backupDetails().orElseThrow().backupArn();
            String target = "restored" + i;
            db.call(new RestoreTableFromBackupInput().backupArn(arn).targetTableName(target));

            assertThat(sum(scan(db, target))).isEqualTo(10 * ITEMS);
        }
        over.set(true);
        writer.join();
        assertThat(sum(scan(db, "bank"))).isEqualTo(10 * ITEMS);
    }

    @Test
    void aReplicaOfAFullTableIsFilledWhileBothAreWritten() {
        var create = new ReplicationGroupUpdate().create(new CreateReplicationGroupMemberAction().regionName(AWAY));
        UpdateTableOutput out = db.call(new UpdateTableInput().tableName("bank").replicaUpdates(List.of(create)));
        assertThat(out.tableDescription().orElseThrow().replicas())
                .extracting(replica -> replica.replicaStatus().orElseThrow())
                .containsExactly("CREATING");
        IntStream.range(0, 50).forEach(i -> db.put("bank", "id", i, "balance", 20));
        IntStream.range(50, 60)
                .forEach(i -> db.call(new DeleteItemInput().tableName("bank").key(item("id", i))));

        db.pass(Duration.ofSeconds(1));

        DescribeTableOutput described = db.call(new DescribeTableInput().tableName("bank"));
        assertThat(described.table().orElseThrow().replicas())
                .extracting(replica -> replica.replicaStatus().orElseThrow())
                .containsExactly("ACTIVE");
        List<Map<String, AttributeValue>> away = scan(db.in(AWAY), "bank");
        assertThat(away).hasSize(ITEMS - 10).containsExactlyInAnyOrderElementsOf(scan(db, "bank"));
        db.put("bank", "id", 1, "balance", 30);
        assertThat(db.in(AWAY).get("bank", "id", 1)).isEqualTo(item("id", 1, "balance", 30));
    }
}
