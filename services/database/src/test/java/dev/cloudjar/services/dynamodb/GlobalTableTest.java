package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AutoScalingPolicyUpdate;
import dev.cloudjar.api.DynamoDb.AutoScalingSettingsDescription;
import dev.cloudjar.api.DynamoDb.AutoScalingSettingsUpdate;
import dev.cloudjar.api.DynamoDb.AutoScalingTargetTrackingScalingPolicyConfigurationUpdate;
import dev.cloudjar.api.DynamoDb.CreateGlobalTableInput;
import dev.cloudjar.api.DynamoDb.CreateGlobalTableOutput;
import dev.cloudjar.api.DynamoDb.CreateReplicaAction;
import dev.cloudjar.api.DynamoDb.CreateTableInput;
import dev.cloudjar.api.DynamoDb.DeleteReplicaAction;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableInput;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableOutput;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableSettingsInput;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableSettingsOutput;
import dev.cloudjar.api.DynamoDb.DescribeKinesisStreamingDestinationInput;
import dev.cloudjar.api.DynamoDb.DescribeKinesisStreamingDestinationOutput;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.DescribeTableOutput;
import dev.cloudjar.api.DynamoDb.DescribeTableReplicaAutoScalingInput;
import dev.cloudjar.api.DynamoDb.DescribeTableReplicaAutoScalingOutput;
import dev.cloudjar.api.DynamoDb.ListGlobalTablesInput;
import dev.cloudjar.api.DynamoDb.ListGlobalTablesOutput;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughput;
import dev.cloudjar.api.DynamoDb.Replica;
import dev.cloudjar.api.DynamoDb.ReplicaAutoScalingUpdate;
import dev.cloudjar.api.DynamoDb.ReplicaSettingsUpdate;
import dev.cloudjar.api.DynamoDb.ReplicaUpdate;
import dev.cloudjar.api.DynamoDb.StreamSpecification;
import dev.cloudjar.api.DynamoDb.UpdateGlobalTableInput;
import dev.cloudjar.api.DynamoDb.UpdateGlobalTableSettingsInput;
import dev.cloudjar.api.DynamoDb.UpdateTableReplicaAutoScalingInput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Global tables of the first version are made of tables that are there, and their capacity is that of all.
class GlobalTableTest {
    private static final String AWAY = "eu-west-1";

    @AutoClose
    private final Database db = Database.fresh();

    private final Database away = db.in(AWAY);

    @BeforeEach
    void makeTables() {
        db.call(streamed("songs"));
        away.call(streamed("songs"));
    }

    private static CreateTableInput streamed(String name) {
        return table(name, "id:S")
                .billingMode("PROVISIONED")
                .provisionedThroughput(
                        new ProvisionedThroughput().readCapacityUnits(5).writeCapacityUnits(5))
                .streamSpecification(
                        new StreamSpecification().streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES"));
    }

    private CreateGlobalTableInput group(String... regions) {
        return new CreateGlobalTableInput()
                .globalTableName("songs")
                .replicationGroup(Stream.of(regions)
                        .map(region -> new Replica().regionName(region))
                        .toList());
    }

    @Test
    void aGlobalTableJoinsTablesThatAreThere() {
        CreateGlobalTableOutput made = db.call(group(db.region(), AWAY));

        assertThat(made.globalTableDescription().orElseThrow().globalTableStatus())
                .contains("CREATING");
        assertThat(made.globalTableDescription().orElseThrow().globalTableArn())
                .contains("arn:aws:dynamodb::" + db.world().settings().account() + ":global-table/songs");
        db.put("songs", "id", "here");
        away.put("songs", "id", "there");
        assertThat(away.get("songs", "id", "here")).isEqualTo(item("id", "here"));
        assertThat(db.get("songs", "id", "there")).isEqualTo(item("id", "there"));
        DescribeTableOutput described = db.call(new DescribeTableInput().tableName("songs"));
        assertThat(described.table().orElseThrow().globalTableVersion()).contains("2017.11.29");
        DescribeGlobalTableOutput found = away.call(new DescribeGlobalTableInput().globalTableName("songs"));
        assertThat(found.globalTableDescription().orElseThrow().globalTableStatus())
                .contains("ACTIVE");
        ListGlobalTablesOutput all = db.call(new ListGlobalTablesInput().regionName(AWAY));
        assertThat(all.globalTables()).hasSize(1);
        assertThat(db.refusal(group(db.region()))).startsWith("GlobalTableAlreadyExistsException");
    }

    @Test
    void onlyEmptyStreamedTablesOfTheSameKeysAreJoined() {
        assertThat(db.refusal(group(db.region(), "us-west-2"))).startsWith("TableNotFoundException");
        Database west = db.in("us-west-2");
        west.call(table("songs", "id:S"));
        assertThat(db.refusal(group(db.region(), "us-west-2"))).contains("NEW_AND_OLD_IMAGES");
        db.put("songs", "id", "x");
        assertThat(db.refusal(group(db.region(), AWAY))).contains("is not empty");
        assertThat(db.refusal(new DescribeGlobalTableInput().globalTableName("songs")))
                .startsWith("GlobalTableNotFoundException");
    }

    @Test
    void replicasComeAndGo() {
        db.call(group(db.region()));
        var add = new ReplicaUpdate().create(new CreateReplicaAction().regionName(AWAY));
        var remove = new ReplicaUpdate().delete(new DeleteReplicaAction().regionName(AWAY));
        var update = new UpdateGlobalTableInput().globalTableName("songs");

        assertThat(db.refusal(update.replicaUpdates(List.of(remove)))).startsWith("ReplicaNotFoundException");
        db.call(update.replicaUpdates(List.of(add)));
        assertThat(db.refusal(update.replicaUpdates(List.of(add)))).startsWith("ReplicaAlreadyExistsException");
        db.put("songs", "id", "both");
        db.call(update.replicaUpdates(List.of(remove)));
        db.put("songs", "id", "here");

        assertThat(away.get("songs", "id", "both")).isNotEmpty();
        assertThat(away.get("songs", "id", "here")).isEmpty();
    }

    @Test
    void capacityForWritingIsTheSameEverywhere() {
        db.call(group(db.region(), AWAY));

        db.call(new UpdateGlobalTableSettingsInput()
                .globalTableName("songs")
                .globalTableProvisionedWriteCapacityUnits(9L)
                .replicaSettingsUpdate(
                        List.of(new ReplicaSettingsUpdate().regionName(AWAY).replicaProvisionedReadCapacityUnits(7L))));

        DescribeGlobalTableSettingsOutput settings =
                db.call(new DescribeGlobalTableSettingsInput().globalTableName("songs"));
        assertThat(settings.replicaSettings())
                .extracting(each -> each.replicaProvisionedWriteCapacityUnits().orElseThrow())
                .containsExactly(9L, 9L);
        assertThat(settings.replicaSettings())
                .extracting(each -> each.replicaProvisionedReadCapacityUnits().orElseThrow())
                .containsExactly(5L, 7L);
        assertThat(db.refusal(new UpdateGlobalTableSettingsInput()
                        .globalTableName("songs")
                        .replicaSettingsUpdate(List.of(new ReplicaSettingsUpdate().regionName("us-west-2")))))
                .startsWith("ReplicaNotFoundException");
    }

    @Test
    void autoScalingOfAllReplicasIsSetAtOnce() {
        db.call(group(db.region(), AWAY));
        var target = new AutoScalingTargetTrackingScalingPolicyConfigurationUpdate().targetValue(70);
        var scaling = new AutoScalingSettingsUpdate()
                .minimumUnits(5L)
                .maximumUnits(50L)
                .scalingPolicyUpdate(new AutoScalingPolicyUpdate().targetTrackingScalingPolicyConfiguration(target));
        var update = new UpdateTableReplicaAutoScalingInput().tableName("songs");

        db.call(update.provisionedWriteCapacityAutoScalingUpdate(scaling)
                .replicaUpdates(List.of(new ReplicaAutoScalingUpdate()
                        .regionName(AWAY)
                        .replicaProvisionedReadCapacityAutoScalingUpdate(scaling))));

        DescribeTableReplicaAutoScalingOutput found =
                away.call(new DescribeTableReplicaAutoScalingInput().tableName("songs"));
        var replicas = found.tableAutoScalingDescription().orElseThrow().replicas();
        AutoScalingSettingsDescription write = replicas.getFirst()
                .replicaProvisionedWriteCapacityAutoScalingSettings()
                .orElseThrow();
        assertThat(write.maximumUnits()).contains(50L);
        assertThat(write.scalingPolicies())
                .extracting(policy -> policy.policyName().orElseThrow())
                .containsExactly("DynamoDBWriteCapacityUtilization:table/songs");
        assertThat(replicas.get(1)
                        .replicaProvisionedReadCapacityAutoScalingSettings()
                        .orElseThrow()
                        .autoScalingDisabled())
                .contains(true);
        assertThat(db.refusal(update.provisionedWriteCapacityAutoScalingUpdate(scaling.minimumUnits(60L))))
                .startsWith("ValidationException");
        assertThat(db.refusal(new UpdateTableReplicaAutoScalingInput().tableName("missing")))
                .startsWith("ResourceNotFoundException");
    }

    @Test
    void aTableHasNoStreamOfKinesisForItsChanges() {
        DescribeKinesisStreamingDestinationOutput found =
                db.call(new DescribeKinesisStreamingDestinationInput().tableName("songs"));

        assertThat(found.tableName()).isEqualTo(Optional.of("songs"));
        assertThat(found.kinesisDataStreamDestinations()).isEmpty();
        assertThat(db.refusal(new DescribeKinesisStreamingDestinationInput().tableName("missing")))
                .startsWith("ResourceNotFoundException");
    }
}
