package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.ArrayList;
import java.util.List;

/// Auto scaling of all replicas of a table at once.
final class ReplicaScaling implements DynamoDb {
    private final Tables tables;
    private final Scaling scaling;

    ReplicaScaling(Kernel kernel, Tables tables) {
        this.tables = tables;
        this.scaling = new Scaling(kernel);
    }

    @Override
    public DescribeTableReplicaAutoScalingOutput describeTableReplicaAutoScaling(
            DescribeTableReplicaAutoScalingInput in) {
        DynamoTable table = tables.get(in.tableName());
        return new DescribeTableReplicaAutoScalingOutput()
                .tableAutoScalingDescription(describe(table, table.phase().at(tables.now())));
    }

    private TableAutoScalingDescription describe(DynamoTable table, String status) {
        return new TableAutoScalingDescription()
                .tableName(table.id())
                .tableStatus(status)
                .replicas(regions(table).stream()
                        .map(region -> GlobalTables.in(region, () -> replica(table.id(), region)))
                        .toList());
    }

    private static List<String> regions(DynamoTable table) {
        List<String> regions = new ArrayList<>(table.features().replicas());
        regions.addFirst(Call.current().region());
        return regions;
    }

    private ReplicaAutoScalingDescription replica(String name, String region) {
        DynamoTable table = tables.get(name);
        return new ReplicaAutoScalingDescription()
                .regionName(region)
                .globalSecondaryIndexes(table.globalIndexes()
                        .map(index -> scaling.describe(name, index, tables.now()))
                        .toList())
                .replicaProvisionedReadCapacityAutoScalingSettings(scaling.find(name, "", Use.READ))
                .replicaProvisionedWriteCapacityAutoScalingSettings(scaling.find(name, "", Use.WRITE))
                .replicaStatus("ACTIVE");
    }

    @Override
    public UpdateTableReplicaAutoScalingOutput updateTableReplicaAutoScaling(UpdateTableReplicaAutoScalingInput in) {
        DynamoTable table = tables.get(in.tableName());
        tables.checkActive(table);
        List<String> regions = regions(table);
        regions.forEach(region -> GlobalTables.in(region, () -> write(table, in)));
        in.replicaUpdates().forEach(update -> {
            if (!regions.contains(update.regionName())) {
                throw Refusals.invalid(
                        "Replica in region '%s' of table '%s' was not found in the global table",
                        update.regionName(), table.id());
            }
            GlobalTables.in(update.regionName(), () -> read(table, update));
        });
        return new UpdateTableReplicaAutoScalingOutput().tableAutoScalingDescription(describe(table, "UPDATING"));
    }

    private DynamoTable write(DynamoTable table, UpdateTableReplicaAutoScalingInput in) {
        scaling.update(table.id(), "", Use.WRITE, in.provisionedWriteCapacityAutoScalingUpdate());
        in.globalSecondaryIndexUpdates()
                .forEach(update -> scaling.update(
                        table.id(),
                        index(table, update.indexName().orElse("")),
                        Use.WRITE,
                        update.provisionedWriteCapacityAutoScalingUpdate()));
        return table;
    }

    private DynamoTable read(DynamoTable table, ReplicaAutoScalingUpdate in) {
        scaling.update(table.id(), "", Use.READ, in.replicaProvisionedReadCapacityAutoScalingUpdate());
        in.replicaGlobalSecondaryIndexUpdates()
                .forEach(update -> scaling.update(
                        table.id(),
                        index(table, update.indexName().orElse("")),
                        Use.READ,
                        update.provisionedReadCapacityAutoScalingUpdate()));
        return table;
    }

    private static String index(DynamoTable table, String name) {
        return table.index(name)
                .filter(Index::isGlobal)
                .map(Index::name)
                .orElseThrow(() -> RESOURCE_NOT_FOUND_EXCEPTION.because(
                        "Requested resource not found: Index: %s not found", name));
    }
}
