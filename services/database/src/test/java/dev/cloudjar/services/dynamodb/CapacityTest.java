package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.BatchWriteItemInput;
import dev.cloudjar.api.DynamoDb.BatchWriteItemOutput;
import dev.cloudjar.api.DynamoDb.GetItemInput;
import dev.cloudjar.api.DynamoDb.GlobalSecondaryIndex;
import dev.cloudjar.api.DynamoDb.OnDemandThroughput;
import dev.cloudjar.api.DynamoDb.Projection;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughput;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughputExceededException;
import dev.cloudjar.api.DynamoDb.Put;
import dev.cloudjar.api.DynamoDb.PutItemInput;
import dev.cloudjar.api.DynamoDb.PutRequest;
import dev.cloudjar.api.DynamoDb.QueryInput;
import dev.cloudjar.api.DynamoDb.TransactWriteItem;
import dev.cloudjar.api.DynamoDb.TransactWriteItemsInput;
import dev.cloudjar.api.DynamoDb.WriteRequest;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where AWS's rates are kept, a table takes what is provisioned, and for five minutes what it did not use.
class CapacityTest {
    private static final int BURST = 300;

    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void keepRates() {
        db.world().meter().keepRates(db.world().time());
        db.call(table("slow", "id:S").billingMode("PROVISIONED").provisionedThroughput(units(1, 1)));
    }

    private static ProvisionedThroughput units(long read, long write) {
        return new ProvisionedThroughput().readCapacityUnits(read).writeCapacityUnits(write);
    }

    private static PutItemInput put(String id) {
        return new PutItemInput().tableName("slow").item(item("id", id));
    }

    private void exhaust() {
        IntStream.range(0, BURST).forEach(i -> db.call(put("i" + i)));
    }

    private AwsError error(Struct request) {
        try {
            db.call(request);
            throw new AssertionError("not refused");
        } catch (AwsError refused) {
            return refused;
        }
    }

    @Test
    void writesBeyondTheBurstWaitForTheClock() {
        exhaust();

        AwsError refused = error(put("more"));
        assertThat(refused.message())
                .isEqualTo("The level of configured provisioned throughput for the table was exceeded. Consider"
                        + " increasing your provisioning level with the UpdateTable API.");
        var members = (ProvisionedThroughputExceededException) refused.members().orElseThrow();
        assertThat(members.throttlingReasons())
                .extracting(reason -> reason.reason().orElseThrow())
                .containsExactly("TableWriteProvisionedThroughputExceeded");
        db.call(new GetItemInput().tableName("slow").key(item("id", "i1")));

        db.pass(Duration.ofSeconds(1));
        db.call(put("more"));
        assertThat(db.refusal(put("most"))).startsWith("ProvisionedThroughputExceededException");
    }

    @Test
    void readsAreCountedByThemselves() {
        exhaust();
        var read = new GetItemInput().tableName("slow").key(item("id", "i1")).consistentRead(true);
        IntStream.range(0, BURST).forEach(i -> db.call(read));

        assertThat(db.refusal(read)).startsWith("ProvisionedThroughputExceededException");
    }

    @Test
    void whatOfABatchThereIsNoCapacityForIsLeftToTheCaller() {
        IntStream.range(0, BURST - 1).forEach(i -> db.call(put("i" + i)));
        var some = List.of(write("a"), write("b"), write("c"));

        BatchWriteItemOutput out = db.call(new BatchWriteItemInput().requestItems(Map.of("slow", some)));

        assertThat(out.unprocessedItems()).containsOnlyKeys("slow");
        assertThat(out.unprocessedItems().get("slow")).containsExactly(write("b"), write("c"));
        assertThat(db.refusal(new BatchWriteItemInput().requestItems(Map.of("slow", some))))
                .startsWith("ProvisionedThroughputExceededException");
    }

    private static WriteRequest write(String id) {
        return new WriteRequest().putRequest(new PutRequest().item(item("id", id)));
    }

    @Test
    void aTransactionPaysTwice() {
        var one = new TransactWriteItem().put(new Put().tableName("slow").item(item("id", "x")));
        var request = new TransactWriteItemsInput().transactItems(List.of(one));
        IntStream.range(0, BURST / 2).forEach(i -> db.call(request));

        assertThat(db.refusal(request)).contains("[ProvisionedThroughputExceeded]");
    }

    @Test
    void anIndexThatIsTooSlowHoldsUpItsTable() {
        db.call(table("fast", "id:S")
                .billingMode("PROVISIONED")
                .provisionedThroughput(units(100, 100))
                .attributeDefinitions(Database.definitions("id:S", "group:S"))
                .globalSecondaryIndexes(List.of(new GlobalSecondaryIndex()
                        .indexName("groups")
                        .keySchema(Database.schema("group:S"))
                        .projection(new Projection().projectionType("KEYS_ONLY"))
                        .provisionedThroughput(units(1, 1)))));
        IntStream.range(0, BURST).forEach(i -> db.put("fast", "id", "i" + i, "group", "g"));

        assertThat(db.refusal(new PutItemInput().tableName("fast").item(item("id", "n", "group", "g"))))
                .contains("one or more global secondary indexes of the table");
        db.put("fast", "id", "n");
        var query = new QueryInput()
                .tableName("fast")
                .indexName("groups")
                .keyConditionExpression("#g = :g")
                .expressionAttributeNames(Map.of("#g", "group"))
                .expressionAttributeValues(item(":g", "g"));
        assertThat(db.query(query)).hasSize(BURST);
    }

    @Test
    void anOnDemandTableIsHeldToItsMaximumOnly() {
        var most = new OnDemandThroughput().maxWriteRequestUnits(1L);
        db.call(table("capped", "id:S").onDemandThroughput(Optional.of(most)));
        IntStream.range(0, BURST).forEach(i -> db.put("capped", "id", "i" + i));

        assertThat(db.refusal(new PutItemInput().tableName("capped").item(item("id", "n"))))
                .isEqualTo("ThrottlingException: Throughput exceeds the maximum OnDemandThroughput configured on table"
                        + " or index");
        db.get("capped", "id", "i1");
    }
}
