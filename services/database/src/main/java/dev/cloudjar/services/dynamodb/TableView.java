package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.ArchivalSummary;
import dev.cloudjar.api.DynamoDb.AttributeDefinition;
import dev.cloudjar.api.DynamoDb.BillingModeSummary;
import dev.cloudjar.api.DynamoDb.GlobalSecondaryIndexDescription;
import dev.cloudjar.api.DynamoDb.GlobalSecondaryIndexWarmThroughputDescription;
import dev.cloudjar.api.DynamoDb.GlobalTableWitnessDescription;
import dev.cloudjar.api.DynamoDb.LocalSecondaryIndexDescription;
import dev.cloudjar.api.DynamoDb.OnDemandThroughput;
import dev.cloudjar.api.DynamoDb.Projection;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughputDescription;
import dev.cloudjar.api.DynamoDb.ReplicaDescription;
import dev.cloudjar.api.DynamoDb.RestoreSummary;
import dev.cloudjar.api.DynamoDb.SSEDescription;
import dev.cloudjar.api.DynamoDb.StreamSpecification;
import dev.cloudjar.api.DynamoDb.TableClassSummary;
import dev.cloudjar.api.DynamoDb.TableDescription;
import dev.cloudjar.api.DynamoDb.TableWarmThroughputDescription;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import java.util.List;
import java.util.Optional;

/// Tables as DescribeTable shows them.
final class TableView {
    private static final String LOCKED_OUT = "INACCESSIBLE_ENCRYPTION_CREDENTIALS";

    private final Kernel kernel;
    private final Items items;
    private final Beside beside;

    /// Where more stands about tables than in their own rows.
    record Beside(Shelf<DynamoTable> tables, Groups groups, StrongTables strong, Lockouts lockouts) {}

    TableView(Kernel kernel, Items items, Beside beside) {
        this.kernel = kernel;
        this.items = items;
        this.beside = beside;
    }

    TableDescription describe(DynamoTable table, String status) {
        boolean creating = status.equals("CREATING");
        TableDescription view = brief(table, status)
                .attributeDefinitions(table.attributes().stream()
                        .map(each -> new AttributeDefinition()
                                .attributeName(each.name())
                                .attributeType(each.type().name()))
                        .toList())
                .keySchema(table.keys().describe())
                .creationDateTime(table.identity().created())
                .warmThroughput(new TableWarmThroughputDescription()
                        .readUnitsPerSecond(table.capacity().warmUnits().read())
                        .writeUnitsPerSecond(table.capacity().warmUnits().write())
                        .status(status));
        billing(table, view, creating);
        features(table, view);
        indexes(table, view, status);
        return view;
    }

    /// A table on its way out, of which AWS tells less.
    TableDescription describeDeleting(DynamoTable table) {
        return brief(table, "DELETING");
    }

    private TableDescription brief(DynamoTable table, String status) {
        return new TableDescription()
                .tableName(table.id())
                .tableStatus(isLockedOut(table, status) ? LOCKED_OUT : status)
                .tableArn(table.arn().toString())
                .tableId(table.identity().tableId())
                .provisionedThroughput(throughput(table.capacity()))
                .tableSizeBytes(items.bytes(table.lot()))
                .itemCount(items.count(table.lot()))
                .deletionProtectionEnabled(table.features().isProtected());
    }

    private boolean isLockedOut(DynamoTable table, String status) {
        return status.equals(Phase.ACTIVE) && beside.lockouts().look(table).isPresent();
    }

    static ProvisionedThroughputDescription throughput(Throughput capacity) {
        return new ProvisionedThroughputDescription()
                .lastIncreaseDateTime(capacity.increased())
                .lastDecreaseDateTime(capacity.decreased())
                .numberOfDecreasesToday(capacity.decreasesToday())
                .readCapacityUnits(capacity.provisioned().read())
                .writeCapacityUnits(capacity.provisioned().write());
    }

    private static void billing(DynamoTable table, TableDescription view, boolean creating) {
        Throughput capacity = table.capacity();
        capacity.onDemandSince().or(capacity::onceOnDemandSince).ifPresent(since -> {
            var summary =
                    new BillingModeSummary().billingMode(capacity.isOnDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
            if (!creating) {
                summary.lastUpdateToPayPerRequestDateTime(since);
            }
            view.billingModeSummary(summary);
        });
        view.onDemandThroughput(most(table.capacity()));
    }

    private static Optional<OnDemandThroughput> most(Throughput capacity) {
        return capacity.maximum()
                .map(most -> new OnDemandThroughput()
                        .maxReadRequestUnits(most.read())
                        .maxWriteRequestUnits(most.write()));
    }

    private void features(DynamoTable table, TableDescription view) {
        Features features = table.features();
        features.storage()
                .ifPresent(storage -> view.tableClassSummary(
                        new TableClassSummary().tableClass(storage.name()).lastUpdateDateTime(storage.changed())));
        features.encryption().ifPresent(key -> view.sseDescription(sse(key)));
        beside.lockouts().look(table).ifPresent(lockout -> lockout(lockout, view));
        features.stream().ifPresent(stream -> {
            if (stream.enabled()) {
                view.streamSpecification(
                        new StreamSpecification().streamEnabled(true).streamViewType(stream.viewType()));
            }
            view.latestStreamLabel(stream.label()).latestStreamArn(table.arn() + "/stream/" + stream.label());
        });
        replicas(table, view);
        features.origin()
                .ifPresent(origin -> view.restoreSummary(new RestoreSummary()
                        .sourceBackupArn(origin.backupArn())
                        .sourceTableArn(origin.tableArn())
                        .restoreDateTime(origin.at())
                        .restoreInProgress(false)));
    }

    /// What is said of a table whose key cannot be used.
    private static void lockout(Lockouts.Lockout lockout, TableDescription view) {
        view.sseDescription().orElseThrow().inaccessibleEncryptionDateTime(lockout.since());
        lockout.archive()
                .ifPresent(archive -> view.archivalSummary(new ArchivalSummary()
                        .archivalDateTime(archive.at())
                        .archivalReason(LOCKED_OUT)
                        .archivalBackupArn(archive.backupArn())));
    }

    private void replicas(DynamoTable table, TableDescription view) {
        List<String> regions = table.features().replicas();
        if (beside.groups().has(table.id())) {
            view.globalTableVersion(Groups.VERSION);
        } else if (!regions.isEmpty()) {
            Optional<StrongTables.Strong> consistent = beside.strong().of(table.id());
            view.globalTableVersion("2019.11.21")
                    .multiRegionConsistency(consistent.isPresent() ? "STRONG" : "EVENTUAL")
                    .replicas(regions.stream()
                            .map(region -> replica(table, region))
                            .toList());
            consistent
                    .flatMap(StrongTables.Strong::witness)
                    .ifPresent(region -> view.globalTableWitnesses(List.of(new GlobalTableWitnessDescription()
                            .regionName(region)
                            .witnessStatus("ACTIVE"))));
        }
    }

    private ReplicaDescription replica(DynamoTable table, String region) {
        Optional<DynamoTable> replica =
                GlobalTables.in(region, () -> beside.tables().find(table.id()));
        return new ReplicaDescription()
                .regionName(region)
                .replicaStatus(replica.map(each -> each.phase().at(kernel.time().now()))
                        .orElse(Phase.ACTIVE))
                .replicaArn(table.arn().in(region, table.arn().account()).toString());
    }

    static SSEDescription sse(Features.Encryption key) {
        return new SSEDescription().status("ENABLED").sseType("KMS").kmsMasterKeyArn(key.keyArn());
    }

    private void indexes(DynamoTable table, TableDescription view, String status) {
        List<LocalSecondaryIndexDescription> local =
                table.localIndexes().map(index -> local(table, index)).toList();
        List<GlobalSecondaryIndexDescription> global =
                table.globalIndexes().map(index -> global(table, index, status)).toList();
        if (!local.isEmpty()) {
            view.localSecondaryIndexes(local);
        }
        if (!global.isEmpty()) {
            view.globalSecondaryIndexes(global);
        }
    }

    private LocalSecondaryIndexDescription local(DynamoTable table, Index index) {
        return new LocalSecondaryIndexDescription()
                .indexName(index.name())
                .keySchema(index.keys().describe())
                .projection(projection(index))
                .indexSizeBytes(items.bytes(index.lot()))
                .itemCount(items.count(index.lot()))
                .indexArn(table.arn() + "/index/" + index.name());
    }

    private GlobalSecondaryIndexDescription global(DynamoTable table, Index index, String tableStatus) {
        boolean filling = index.backfill().isPresent();
        String own = filling ? "CREATING" : index.phase().at(kernel.time().now());
        String status = tableStatus.equals("CREATING") ? "CREATING" : own;
        var view = new GlobalSecondaryIndexDescription()
                .indexName(index.name())
                .keySchema(index.keys().describe())
                .projection(projection(index))
                .indexStatus(status)
                .provisionedThroughput(throughput(index.capacity()))
                .indexSizeBytes(items.bytes(index.lot()))
                .itemCount(items.count(index.lot()))
                .indexArn(table.arn() + "/index/" + index.name())
                .onDemandThroughput(most(index.capacity()))
                .warmThroughput(new GlobalSecondaryIndexWarmThroughputDescription()
                        .readUnitsPerSecond(index.capacity().warmUnits().read())
                        .writeUnitsPerSecond(index.capacity().warmUnits().write())
                        .status(status));
        return filling ? view.backfilling(true) : view;
    }

    static Projection projection(Index index) {
        var projection = new Projection().projectionType(index.projected().type());
        return index.projected().attributes().isEmpty()
                ? projection
                : projection.nonKeyAttributes(index.projected().attributes());
    }
}
