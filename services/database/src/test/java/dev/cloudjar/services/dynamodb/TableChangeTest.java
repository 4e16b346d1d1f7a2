package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.BillingModeSummary;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.DescribeTableOutput;
import dev.cloudjar.api.DynamoDb.LocalSecondaryIndex;
import dev.cloudjar.api.DynamoDb.OnDemandThroughput;
import dev.cloudjar.api.DynamoDb.Projection;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughput;
import dev.cloudjar.api.DynamoDb.Put;
import dev.cloudjar.api.DynamoDb.ScanInput;
import dev.cloudjar.api.DynamoDb.TableDescription;
import dev.cloudjar.api.DynamoDb.TransactWriteItem;
import dev.cloudjar.api.DynamoDb.TransactWriteItemsInput;
import dev.cloudjar.api.DynamoDb.TransactWriteItemsOutput;
import dev.cloudjar.api.DynamoDb.UpdateTableInput;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a table can take is changed by halves and back, and is told of as AWS does.
class TableChangeTest {
    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void makeATable() {
        var index = new LocalSecondaryIndex()
                .indexName("colours")
                .keySchema(Database.schema("id:S", "colour:S"))
                .projection(new Projection().projectionType("ALL"));
        db.call(table("paint", "id:S", "n:N")
                .attributeDefinitions(Database.definitions("id:S", "n:N", "colour:S"))
                .localSecondaryIndexes(List.of(index)));
    }

    private TableDescription described() {
        DescribeTableOutput out = db.call(new DescribeTableInput().tableName("paint"));
        return out.table().orElseThrow();
    }

    private static UpdateTableInput most(OnDemandThroughput most) {
        return new UpdateTableInput().tableName("paint").onDemandThroughput(most);
    }

    @Test
    void whatIsNotSaidOfAMaximumStaysAsItWas() {
        db.call(most(new OnDemandThroughput().maxReadRequestUnits(7)));
        db.call(most(new OnDemandThroughput().maxWriteRequestUnits(5)));

        assertThat(described().onDemandThroughput())
                .contains(new OnDemandThroughput().maxReadRequestUnits(7).maxWriteRequestUnits(5));
        assertThat(db.refusal(most(new OnDemandThroughput().maxReadRequestUnits(0))))
                .startsWith("ValidationException");
        assertThat(db.refusal(most(new OnDemandThroughput()))).startsWith("ValidationException");
        db.call(most(new OnDemandThroughput().maxReadRequestUnits(-1)));
    }

    @Test
    void aTableRemembersThatItWasOnDemand() {
        var since = described().creationDateTime();
        var units = new ProvisionedThroughput().readCapacityUnits(1).writeCapacityUnits(1);

        db.call(new UpdateTableInput()
                .tableName("paint")
                .billingMode("PROVISIONED")
                .provisionedThroughput(units));

        BillingModeSummary summary = described().billingModeSummary().orElseThrow();
        assertThat(summary.billingMode()).contains("PROVISIONED");
        assertThat(summary.lastUpdateToPayPerRequestDateTime()).isEqualTo(since);
        assertThat(db.refusal(most(new OnDemandThroughput().maxReadRequestUnits(7))))
                .startsWith("ValidationException");
    }

    @Test
    void aTransactionTellsTheSizeOfCollections() {
        var put = new Put().tableName("paint").item(item("id", "a", "n", 1));
        var request = new TransactWriteItemsInput().transactItems(List.of(new TransactWriteItem().put(put)));

        TransactWriteItemsOutput silent = db.call(request);
        TransactWriteItemsOutput told = db.call(request.returnItemCollectionMetrics("SIZE"));

        assertThat(silent.hasItemCollectionMetrics()).isFalse();
        assertThat(told.itemCollectionMetrics())
                .hasEntrySatisfying(
                        "paint",
                        all -> assertThat(all)
                                .singleElement()
                                .satisfies(one ->
                                        assertThat(one.itemCollectionKey()).isEqualTo(item("id", "a"))));
    }

    @Test
    void fiveHundredTablesChangeAtOnce() {
        try (Database slow = Database.realistic()) {
            IntStream.range(0, 500).forEach(i -> slow.call(table("t" + i + "xx", "id:S")));

            assertThat(slow.refusal(table("more", "id:S")))
                    .isEqualTo("LimitExceededException: Subscriber limit exceeded: Only 500 tables can be created,"
                            + " updated, or deleted simultaneously");
            slow.pass(Duration.ofSeconds(11));
            assertThat(slow.refusal(table("more", "id:S"))).isEqualTo("not refused");
        }
    }

    @Test
    void anExpressionHasThreeHundredOperators() {
        assertThat(db.refusal(scan(301)))
                .isEqualTo("ValidationException: Invalid FilterExpression: The expression contains too many operators;"
                        + " operator count: 301");
        db.call(scan(299));
    }

    /// So many comparisons and `OR`s between them.
    private static ScanInput scan(int operators) {
        String filter = String.join(" OR ", Collections.nCopies((operators + 1) / 2, "a=:v"));
        return new ScanInput()
                .tableName("paint")
                .filterExpression(filter)
                .expressionAttributeValues(Map.of(":v", Database.value(1)));
    }
}
