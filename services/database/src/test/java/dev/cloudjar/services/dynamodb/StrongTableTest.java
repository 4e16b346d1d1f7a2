package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.CreateGlobalTableWitnessGroupMemberAction;
import dev.cloudjar.api.DynamoDb.CreateReplicationGroupMemberAction;
import dev.cloudjar.api.DynamoDb.DeleteGlobalTableWitnessGroupMemberAction;
import dev.cloudjar.api.DynamoDb.DeleteReplicationGroupMemberAction;
import dev.cloudjar.api.DynamoDb.DeleteTableInput;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.DescribeTableOutput;
import dev.cloudjar.api.DynamoDb.GlobalTableWitnessGroupUpdate;
import dev.cloudjar.api.DynamoDb.Put;
import dev.cloudjar.api.DynamoDb.ReplicationGroupUpdate;
import dev.cloudjar.api.DynamoDb.TableDescription;
import dev.cloudjar.api.DynamoDb.TimeToLiveSpecification;
import dev.cloudjar.api.DynamoDb.TransactWriteItem;
import dev.cloudjar.api.DynamoDb.TransactWriteItemsInput;
import dev.cloudjar.api.DynamoDb.UpdateTableInput;
import dev.cloudjar.api.DynamoDb.UpdateTimeToLiveInput;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Global tables that are strongly consistent in all their Regions: three, made and dissolved at once.
class StrongTableTest {
    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void makeATable() {
        db.call(table("ledger", "id:S"));
    }

    private static UpdateTableInput strong(String... regions) {
        return new UpdateTableInput()
                .tableName("ledger")
                .multiRegionConsistency("STRONG")
                .replicaUpdates(Stream.of(regions)
                        .map(region -> new ReplicationGroupUpdate()
                                .create(new CreateReplicationGroupMemberAction().regionName(region)))
                        .toList());
    }

    private static List<GlobalTableWitnessGroupUpdate> witness(String region) {
        return List.of(new GlobalTableWitnessGroupUpdate()
                .create(new CreateGlobalTableWitnessGroupMemberAction().regionName(region)));
    }

    private TableDescription described() {
        DescribeTableOutput out = db.call(new DescribeTableInput().tableName("ledger"));
        return out.table().orElseThrow();
    }

    @Test
    void threeReplicasOrTwoAndAWitnessAreStronglyConsistent() {
        db.call(strong("us-east-2").globalTableWitnessUpdates(witness("us-west-2")));

        db.put("ledger", "id", "a");

        assertThat(db.in("us-east-2").get("ledger", "id", "a")).isEqualTo(item("id", "a"));
        TableDescription seen = described();
        assertThat(seen.multiRegionConsistency()).contains("STRONG");
        assertThat(seen.replicas())
                .singleElement()
                .satisfies(replica -> assertThat(replica.regionName()).contains("us-east-2"));
        assertThat(seen.globalTableWitnesses()).singleElement().satisfies(each -> {
            assertThat(each.regionName()).contains("us-west-2");
            assertThat(each.witnessStatus()).contains("ACTIVE");
        });
        assertThat(db.in("us-west-2").refusal(new DescribeTableInput().tableName("ledger")))
                .startsWith("ResourceNotFoundException");
        db.call(table("other", "id:S"));
        db.call(strong("us-east-2", "us-west-2").tableName("other"));
    }

    @Test
    void otherRegionsAndTablesThatAreInUseAreRefused() {
        assertThat(db.refusal(strong("us-east-2"))).startsWith("ValidationException: One or more parameter values");
        assertThat(db.refusal(strong("us-east-2", "eu-west-1"))).contains("Region set");
        assertThat(db.refusal(strong("us-east-2", "us-west-2").globalTableWitnessUpdates(witness("us-west-2"))))
                .contains("Region set");
        assertThat(db.refusal(strong("us-east-2")
                        .multiRegionConsistency("EVENTUAL")
                        .globalTableWitnessUpdates(witness("us-west-2"))))
                .contains("GlobalTableWitnessUpdates");
        db.put("ledger", "id", "a");
        assertThat(db.refusal(strong("us-east-2", "us-west-2"))).contains("contains data");
    }

    @Test
    void whatAwsDoesNotOfferOnThemIsRefused() {
        var transaction = new TransactWriteItemsInput()
                .transactItems(List.of(new TransactWriteItem()
                        .put(new Put().tableName("ledger").item(item("id", "a")))));
        var expiry = new UpdateTimeToLiveInput()
                .tableName("ledger")
                .timeToLiveSpecification(
                        new TimeToLiveSpecification().enabled(true).attributeName("ends"));
        db.call(strong("us-east-2", "us-west-2"));

        assertThat(db.refusal(transaction)).startsWith("ValidationException");
        assertThat(db.refusal(expiry)).startsWith("ValidationException");
        assertThat(db.refusal(new DeleteTableInput().tableName("ledger"))).startsWith("ValidationException");
        assertThat(db.refusal(strong("us-west-1"))).contains("cannot be added");
    }

    @Test
    void theyAreDissolvedAtOnce() {
        db.call(strong("us-east-2").globalTableWitnessUpdates(witness("us-west-2")));
        var replica = new UpdateTableInput()
                .tableName("ledger")
                .replicaUpdates(List.of(new ReplicationGroupUpdate()
                        .delete(new DeleteReplicationGroupMemberAction().regionName("us-east-2"))));

        assertThat(db.refusal(replica)).contains("must be removed together");
        db.call(replica.globalTableWitnessUpdates(List.of(new GlobalTableWitnessGroupUpdate()
                .delete(new DeleteGlobalTableWitnessGroupMemberAction().regionName("us-west-2")))));

        assertThat(described().multiRegionConsistency()).isEmpty();
        assertThat(described().replicas()).isEmpty();
        db.call(new DeleteTableInput().tableName("ledger"));
    }
}
