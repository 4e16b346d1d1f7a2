package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.INDEX_NOT_FOUND_EXCEPTION;
import static dev.cloudjar.api.DynamoDb.REPLICA_NOT_FOUND_EXCEPTION;

import dev.cloudjar.api.DynamoDb.BillingModeSummary;
import dev.cloudjar.api.DynamoDb.GlobalTableGlobalSecondaryIndexSettingsUpdate;
import dev.cloudjar.api.DynamoDb.ReplicaGlobalSecondaryIndexSettingsDescription;
import dev.cloudjar.api.DynamoDb.ReplicaGlobalSecondaryIndexSettingsUpdate;
import dev.cloudjar.api.DynamoDb.ReplicaSettingsDescription;
import dev.cloudjar.api.DynamoDb.ReplicaSettingsUpdate;
import dev.cloudjar.api.DynamoDb.UpdateGlobalTableSettingsInput;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.Features.StorageClass;
import dev.cloudjar.services.dynamodb.Groups.Group;
import java.util.List;
import java.util.Optional;

/// The capacity of all replicas of a global table of the first version: for writing the same in all regions, for
/// reading as each region wants it.
final class GlobalSettings {
    private final Tables tables;
    private final Scaling scaling;

    GlobalSettings(Kernel kernel, Tables tables) {
        this.tables = tables;
        this.scaling = new Scaling(kernel);
    }

    List<ReplicaSettingsDescription> describe(Group group, String status) {
        return group.regions().stream()
                .map(region -> GlobalTables.in(region, () -> replica(group.key(), region, status)))
                .toList();
    }

    private ReplicaSettingsDescription replica(String name, String region, String status) {
        DynamoTable table = tables.shelf().get(name);
        Units units = table.capacity().provisioned();
        var view = new ReplicaSettingsDescription()
                .regionName(region)
                .replicaStatus(status)
                .replicaBillingModeSummary(table.capacity()
                        .onDemandSince()
                        .map(since -> new BillingModeSummary()
                                .billingMode("PAY_PER_REQUEST")
                                .lastUpdateToPayPerRequestDateTime(since)))
                .replicaProvisionedReadCapacityUnits(units.read())
                .replicaProvisionedReadCapacityAutoScalingSettings(scaling.find(name, "", Use.READ))
                .replicaProvisionedWriteCapacityUnits(units.write())
                .replicaProvisionedWriteCapacityAutoScalingSettings(scaling.find(name, "", Use.WRITE));
        List<ReplicaGlobalSecondaryIndexSettingsDescription> indexes =
                table.globalIndexes().map(index -> index(name, index)).toList();
        return indexes.isEmpty() ? view : view.replicaGlobalSecondaryIndexSettings(indexes);
    }

    private ReplicaGlobalSecondaryIndexSettingsDescription index(String table, Index index) {
        Units units = index.capacity().provisioned();
        var view = ReplicaGlobalSecondaryIndexSettingsDescription.from(scaling.describe(table, index, tables.now()));
        return index.capacity().isOnDemand()
                ? view
                : view.provisionedReadCapacityUnits(units.read()).provisionedWriteCapacityUnits(units.write());
    }

    void update(Group group, UpdateGlobalTableSettingsInput in) {
        group.regions()
                .forEach(region ->
                        GlobalTables.in(region, () -> everywhere(tables.shelf().get(group.key()), in)));
        in.replicaSettingsUpdate().forEach(update -> {
            if (!group.isIn(update.regionName())) {
                throw REPLICA_NOT_FOUND_EXCEPTION.because(
                        "Replica in region: '%s' of global table '%s' was not found", update.regionName(), group.key());
            }
            GlobalTables.in(update.regionName(), () -> here(tables.shelf().get(group.key()), update));
        });
    }

    private DynamoTable everywhere(DynamoTable table, UpdateGlobalTableSettingsInput in) {
        DynamoTable changed = in.globalTableBillingMode()
                .map(mode -> billed(table, mode.equals("PAY_PER_REQUEST")))
                .orElse(table);
        Optional<Long> units = in.globalTableProvisionedWriteCapacityUnits();
        if (units.isPresent()) {
            changed = changed.with(writing(changed.capacity(), units.get()));
        }
        scaling.update(table.id(), "", Use.WRITE, in.globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate());
        for (GlobalTableGlobalSecondaryIndexSettingsUpdate update :
                in.globalTableGlobalSecondaryIndexSettingsUpdate()) {
            Index index = index(changed, update.indexName());
            Optional<Long> more = update.provisionedWriteCapacityUnits();
            changed = changed.changing(
                    index.name(),
                    each -> more.map(write -> each.with(writing(each.capacity(), write)))
                            .orElse(each));
            scaling.update(
                    table.id(), index.name(), Use.WRITE, update.provisionedWriteCapacityAutoScalingSettingsUpdate());
        }
        return tables.shelf().put(changed);
    }

    private DynamoTable here(DynamoTable table, ReplicaSettingsUpdate update) {
        Optional<Long> units = update.replicaProvisionedReadCapacityUnits();
        DynamoTable changed =
                units.map(read -> table.with(reading(table.capacity(), read))).orElse(table);
        scaling.update(table.id(), "", Use.READ, update.replicaProvisionedReadCapacityAutoScalingSettingsUpdate());
        for (ReplicaGlobalSecondaryIndexSettingsUpdate each : update.replicaGlobalSecondaryIndexSettingsUpdate()) {
            Index index = index(changed, each.indexName());
            Optional<Long> more = each.provisionedReadCapacityUnits();
            changed = changed.changing(
                    index.name(),
                    row -> more.map(read -> row.with(reading(row.capacity(), read)))
                            .orElse(row));
            scaling.update(table.id(), index.name(), Use.READ, each.provisionedReadCapacityAutoScalingSettingsUpdate());
        }
        Features features = update.replicaTableClass()
                .map(name -> table.features().in(new StorageClass(name, Optional.of(tables.now()))))
                .orElse(table.features());
        return tables.shelf().put(changed.with(features));
    }

    private static Index index(DynamoTable table, String name) {
        return table.index(name)
                .filter(Index::isGlobal)
                .orElseThrow(() -> INDEX_NOT_FOUND_EXCEPTION.because(
                        "Index not found: Index: %s of table: %s not found", name, table.id()));
    }

    private DynamoTable billed(DynamoTable table, boolean onDemand) {
        return table.capacity().isOnDemand() == onDemand
                ? table
                : table.with(
                        onDemand
                                ? Throughput.onDemand(tables.now(), Optional.empty(), Optional.empty())
                                : Throughput.provisioned(new Units(1, 1), Optional.empty()));
    }

    private Throughput writing(Throughput before, long write) {
        return before.changed(new Units(before.provisioned().read(), write), tables.now());
    }

    private Throughput reading(Throughput before, long read) {
        return before.changed(new Units(read, before.provisioned().write()), tables.now());
    }
}
