package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.InvalidRestoreTimeException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;

/// A table goes back to any second of the time that it may be recovered for, by the cloud's clock.
@OnCloud(alone = true)
@Tag("acceptance")
class RecoveryTest {
    private final TestCloud cloud;
    private final DynamoDbClient dynamoDb;

    RecoveryTest(TestCloud cloud, DynamoDbClient dynamoDb) {
        this.cloud = cloud;
        this.dynamoDb = dynamoDb;
    }

    private void create(String table) {
        dynamoDb.createTable(t -> t.tableName(table)
                .attributeDefinitions(definition("id"), definition("state"))
                .keySchema(key("id"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("states")
                        .keySchema(key("state"))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build())
                .billingMode("PAY_PER_REQUEST"));
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static KeySchemaElement key(String name) {
        return KeySchemaElement.builder().attributeName(name).keyType("HASH").build();
    }

    private void recoverable(String table, int days) {
        dynamoDb.updateContinuousBackups(u -> u.tableName(table)
                .pointInTimeRecoverySpecification(
                        p -> p.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(days)));
    }

    private PointInTimeRecoveryDescription recovery(String table) {
        return dynamoDb.describeContinuousBackups(d -> d.tableName(table))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription();
    }

    private void put(String table, String id, String state) {
        dynamoDb.putItem(p ->
                p.tableName(table).item(Map.of("id", AttributeValue.fromS(id), "state", AttributeValue.fromS(state))));
    }

    private Instant now() {
        return cloud.world().time().now();
    }

    @Test
    void aTableIsRestoredToASecondWithItsIndexesAndWithoutWhatAwsLeavesBehind() {
        create("orders");
        recoverable("orders", 35);
        put("orders", "1", "new");
        put("orders", "2", "new");
        cloud.advance(Duration.ofSeconds(1)); // A client asks for milliseconds; the last put may be of the same.
        Instant then = now();
        cloud.advance(Duration.ofDays(20));
        put("orders", "1", "sent");
        put("orders", "3", "new");
        dynamoDb.updateTable(u -> u.tableName("orders").deletionProtectionEnabled(true));

        TableDescription begun = dynamoDb.restoreTableToPointInTime(r ->
                        r.sourceTableName("orders").targetTableName("before").restoreDateTime(then))
                .tableDescription();

        assertThat(begun.tableStatusAsString()).isEqualTo("CREATING");
        assertThat(begun.restoreSummary().sourceTableArn()).endsWith("table/orders");
        var found = dynamoDb.query(q -> q.tableName("before")
                .indexName("states")
                .keyConditionExpression("#s = :new")
                .expressionAttributeNames(Map.of("#s", "state"))
                .expressionAttributeValues(Map.of(":new", AttributeValue.fromS("new"))));
        assertThat(found.items())
                .extracting(item -> item.get("id"))
                .containsExactlyInAnyOrder(AttributeValue.fromS("1"), AttributeValue.fromS("2"));
        assertThat(dynamoDb.describeTable(d -> d.tableName("before")).table().deletionProtectionEnabled())
                .isFalse();
        assertThat(recovery("before").pointInTimeRecoveryStatusAsString()).isEqualTo("DISABLED");
        dynamoDb.restoreTableToPointInTime(
                r -> r.sourceTableName("orders").targetTableName("after").useLatestRestorableTime(true));
        assertThat(dynamoDb.scan(s -> s.tableName("after")).count()).isEqualTo(3);
    }

    @Test
    void aTableIsNotRestoredToATimeBeyondItsPeriod() {
        create("short");
        recoverable("short", 1);
        put("short", "1", "new");
        Instant then = now();
        assertThat(recovery("short").earliestRestorableDateTime()).isBeforeOrEqualTo(then);
        cloud.advance(Duration.ofDays(2));

        PointInTimeRecoveryDescription later = recovery("short");
        assertThat(later.earliestRestorableDateTime())
                .isEqualTo(later.latestRestorableDateTime().minus(Duration.ofDays(1)));
        assertThatThrownBy(() -> restore("short", "gone", then)).isInstanceOf(InvalidRestoreTimeException.class);
        assertThatThrownBy(() -> restore("short", "gone", now().plusSeconds(60)))
                .isInstanceOf(InvalidRestoreTimeException.class);
        assertThatThrownBy(() -> restore("missing", "gone", now())).isInstanceOf(TableNotFoundException.class);
        assertThatThrownBy(() -> restore("short", "short", now())).isInstanceOf(TableAlreadyExistsException.class);
        restore("short", "gone", now());
        assertThatThrownBy(() -> restore("gone", "more", now()))
                .isInstanceOf(PointInTimeRecoveryUnavailableException.class);
    }

    private void restore(String source, String target, Instant at) {
        dynamoDb.restoreTableToPointInTime(
                r -> r.sourceTableName(source).targetTableName(target).restoreDateTime(at));
    }
}
