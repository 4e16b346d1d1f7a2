package dev.cloudjar.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AutoScalingPolicyUpdate;
import dev.cloudjar.api.DynamoDb.AutoScalingSettingsDescription;
import dev.cloudjar.api.DynamoDb.AutoScalingSettingsUpdate;
import dev.cloudjar.api.DynamoDb.AutoScalingTargetTrackingScalingPolicyConfigurationUpdate;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableSettingsInput;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableSettingsOutput;
import dev.cloudjar.api.DynamoDb.DescribeTableReplicaAutoScalingInput;
import dev.cloudjar.api.DynamoDb.DescribeTableReplicaAutoScalingOutput;
import dev.cloudjar.api.DynamoDb.ReplicaAutoScalingUpdate;
import dev.cloudjar.api.DynamoDb.ReplicaSettingsUpdate;
import dev.cloudjar.api.DynamoDb.UpdateGlobalTableSettingsInput;
import dev.cloudjar.api.DynamoDb.UpdateTableReplicaAutoScalingInput;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The capacity of a global table's replicas: for writing the same everywhere, and scaled at once.
class ReplicaCapacityTest {
    @AutoClose
    private final Songs songs = Songs.fresh();

    private final Database db = songs.db();
    private final Database away = songs.away();

    @Test
    void capacityForWritingIsTheSameEverywhere() {
        db.call(songs.group(db.region(), Songs.AWAY));

        db.call(new UpdateGlobalTableSettingsInput()
                .globalTableName("songs")
                .globalTableProvisionedWriteCapacityUnits(9L)
                .replicaSettingsUpdate(List.of(
                        new ReplicaSettingsUpdate().regionName(Songs.AWAY).replicaProvisionedReadCapacityUnits(7L))));

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
        db.call(songs.group(db.region(), Songs.AWAY));
        var target = new AutoScalingTargetTrackingScalingPolicyConfigurationUpdate().targetValue(70);
        var scaling = new AutoScalingSettingsUpdate()
                .minimumUnits(5L)
                .maximumUnits(50L)
                .scalingPolicyUpdate(new AutoScalingPolicyUpdate().targetTrackingScalingPolicyConfiguration(target));
        var update = new UpdateTableReplicaAutoScalingInput().tableName("songs");

        db.call(update.provisionedWriteCapacityAutoScalingUpdate(scaling)
                .replicaUpdates(List.of(new ReplicaAutoScalingUpdate()
                        .regionName(Songs.AWAY)
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
}
