package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.Features.StorageClass;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Changes of tables: capacity, indexes, stream, encryption, class and protection.
final class TableUpdates implements DynamoDb {
    private static final List<String> CHANGES = List.of(
            "BillingMode",
            "ProvisionedThroughput",
            "GlobalSecondaryIndexUpdates",
            "StreamSpecification",
            "SSESpecification",
            "ReplicaUpdates",
            "GlobalTableWitnessUpdates",
            "TableClass",
            "DeletionProtectionEnabled",
            "OnDemandThroughput",
            "WarmThroughput");

    private final Kernel kernel;
    private final Tables tables;
    private final Streams streams;

    TableUpdates(Kernel kernel, Tables tables, Streams streams) {
        this.kernel = kernel;
        this.tables = tables;
        this.streams = streams;
    }

    @Override
    public UpdateTableOutput updateTable(UpdateTableInput in) {
        if (CHANGES.stream().allMatch(name -> in.get(name) == null || List.of().equals(in.get(name)))) {
            throw Refusals.invalid("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
                    + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }
        Unbuilt.check(in, "UpdateTable");
        DynamoTable before = tables.get(in.tableName());
        tables.checkActive(before);
        tables.checkKept(before);
        tables.checkConcurrent();
        if (in.streamSpecification().isPresent() && in.provisionedThroughput().isPresent()) {
            throw Refusals.parameters("You cannot modify stream status while updating table IOPS");
        }
        tables.strong().follow(before, tables.isEmpty(before), in);
        DynamoTable changed = indexes(features(capacity(before, in), in), in);
        Phase phase = tables.phase("UPDATING");
        DynamoTable kept = changed.in(phase);
        tables.shelf().update(before.id(), _ -> kept);
        streams.follow(kept);
        if (in.sseSpecification().isPresent()) {
            tables.lockouts().watch(kept);
        }
        if (in.hasReplicaUpdates()) {
            DynamoTable replicated = tables.replicas().update(kept, in.replicaUpdates());
            return new UpdateTableOutput().tableDescription(view(replicated, in.replicaUpdates()));
        }
        if (kept.indexes().stream().anyMatch(index -> index.backfill().isPresent())) {
            tables.fill(before.id());
        }
        return new UpdateTableOutput().tableDescription(view(changed, in));
    }

    /// The table with replicas that are still to come.
    private TableDescription view(DynamoTable replicated, List<ReplicationGroupUpdate> updates) {
        TableDescription view = tables.view().describe(replicated, "UPDATING");
        updates.stream()
                .flatMap(update -> update.create().stream())
                .forEach(create -> view.replicas().stream()
                        .filter(replica -> replica.regionName().equals(Optional.of(create.regionName())))
                        .forEach(replica -> replica.replicaStatus("CREATING")));
        return view;
    }

    /// The table as it changes: indexes that come or go are still on their way.
    private TableDescription view(DynamoTable changed, UpdateTableInput in) {
        String status = in.hasGlobalSecondaryIndexUpdates()
                        || in.provisionedThroughput().isPresent()
                        || in.billingMode().isPresent()
                        || in.streamSpecification().isPresent()
                        || in.sseSpecification().isPresent()
                ? "UPDATING"
                : "ACTIVE";
        return tables.view().describe(changed, status);
    }

    private DynamoTable capacity(DynamoTable table, UpdateTableInput in) {
        var asked = new CapacityDefinition(in.provisionedThroughput(), in.onDemandThroughput(), in.warmThroughput());
        boolean wasOnDemand = table.capacity().isOnDemand();
        boolean onDemand = in.billingMode().map("PAY_PER_REQUEST"::equals).orElse(wasOnDemand);
        if (onDemand && in.provisionedThroughput().isPresent()) {
            asked.table(true, tables.now());
        }
        if (onDemand != wasOnDemand) {
            Throughput capacity = asked.table(onDemand, tables.now()).after(table.capacity());
            checkProvisioned(table, onDemand, in);
            List<Index> indexes = table.indexes().stream()
                    .map(index -> index.isGlobal() && onDemand
                            ? index.with(Throughput.onDemand(tables.now(), Optional.empty(), Optional.empty()))
                            : index)
                    .toList();
            return table.with(capacity).with(indexes);
        }
        Throughput capacity = in.provisionedThroughput()
                .map(each -> provisioned(table.capacity(), CapacityDefinition.units(each), "table", ""))
                .orElse(table.capacity());
        asked.checkMaximum(onDemand);
        return table.with(capacity.with(asked.maximum(capacity.maximum()), asked.warmed()));
    }

    /// Refuses to leave indexes without capacity of their own.
    private static void checkProvisioned(DynamoTable table, boolean onDemand, UpdateTableInput in) {
        Set<String> settled = in.globalSecondaryIndexUpdates().stream()
                .flatMap(each -> Stream.concat(
                        each
                                .update()
                                .filter(update -> update.provisionedThroughput().isPresent())
                                .map(UpdateGlobalSecondaryIndexAction::indexName)
                                .stream(),
                        each.delete().map(DeleteGlobalSecondaryIndexAction::indexName).stream()))
                .collect(Collectors.toSet());
        String lacking = table.globalIndexes()
                .map(Index::name)
                .filter(name -> !settled.contains(name))
                .collect(Collectors.joining(","));
        if (!onDemand && !lacking.isEmpty()) {
            throw Refusals.parameters("ProvisionedThroughput must be specified for index: %s", lacking);
        }
    }

    private Throughput provisioned(Throughput before, Units units, String what, String name) {
        if (before.provisioned().equals(units)) {
            throw Refusals.invalid(
                    "The provisioned throughput for the %s%s will not change. The requested value equals the current"
                            + " value. Current ReadCapacityUnits provisioned for the %s: %d. Requested"
                            + " ReadCapacityUnits: %d. Current WriteCapacityUnits provisioned for the %s: %d."
                            + " Requested WriteCapacityUnits: %d. Refer to the Amazon DynamoDB Developer Guide for"
                            + " current limits and how to request higher limits.",
                    what, name, what, units.read(), units.read(), what, units.write(), units.write());
        }
        return before.changed(units, tables.now());
    }

    private DynamoTable features(DynamoTable table, UpdateTableInput in) {
        var definition = new TableDefinition(kernel, table.phase());
        Features features = table.features();
        if (in.deletionProtectionEnabled().isPresent()) {
            features = features.protectedFromDeletion(
                    in.deletionProtectionEnabled().get());
        }
        if (in.tableClass().isPresent()) {
            features = features.in(new StorageClass(in.tableClass().get(), Optional.of(tables.now())));
        }
        if (in.sseSpecification().isPresent()) {
            features = features.encrypted(definition.encryption(in.sseSpecification()));
        }
        if (in.streamSpecification().isPresent()) {
            features = features.streaming(
                    stream(table, definition, in.streamSpecification().get()));
        }
        return table.with(features);
    }

    private static Features.Stream stream(DynamoTable table, TableDefinition definition, StreamSpecification asked) {
        Optional<Features.Stream> enabled = table.features().stream().filter(Features.Stream::enabled);
        Optional<Features.Stream> wanted = definition.stream(asked);
        if (wanted.isPresent()) {
            if (enabled.isPresent()) {
                throw Refusals.invalid("Table already has an enabled stream: TableName: %s", table.id());
            }
            return wanted.get();
        }
        return enabled.map(stream -> new Features.Stream(stream.viewType(), stream.label(), false))
                .orElseThrow(
                        () -> Refusals.invalid("Table does not have a stream to disable: TableName: %s", table.id()));
    }

    private DynamoTable indexes(DynamoTable table, UpdateTableInput in) {
        List<GlobalSecondaryIndexUpdate> updates = in.globalSecondaryIndexUpdates();
        long online = updates.stream()
                .filter(each -> each.create().isPresent() || each.delete().isPresent())
                .count();
        if (online > 1) {
            throw LIMIT_EXCEEDED_EXCEPTION.because("Subscriber limit exceeded: Only 1 online index can be created or"
                    + " deleted simultaneously per table");
        }
        checkOnce(updates);
        DynamoTable changed = table;
        for (GlobalSecondaryIndexUpdate update : updates) {
            changed = index(changed, update, in);
        }
        return changed;
    }

    /// Refuses more than one change of one index.
    private static void checkOnce(List<GlobalSecondaryIndexUpdate> updates) {
        Set<String> names = new HashSet<>();
        updates.stream()
                .flatMap(each -> Stream.of(
                                each.create().map(CreateGlobalSecondaryIndexAction::indexName),
                                each.update().map(UpdateGlobalSecondaryIndexAction::indexName),
                                each.delete().map(DeleteGlobalSecondaryIndexAction::indexName))
                        .flatMap(Optional::stream))
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(twice -> {
                    throw Refusals.parameters(
                            "Only one global secondary index update per index is allowed simultaneously. Index: %s",
                            twice);
                });
    }

    private DynamoTable index(DynamoTable table, GlobalSecondaryIndexUpdate update, UpdateTableInput in) {
        if (update.create().isPresent()) {
            return created(table, update.create().get(), in.attributeDefinitions());
        }
        if (update.delete().isPresent()) {
            return deleted(table, existing(table, update.delete().get().indexName()));
        }
        if (update.update().isEmpty()) {
            throw Refusals.parameters("One of GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Update,"
                    + " GlobalSecondaryIndexUpdate.Delete must not be null");
        }
        UpdateGlobalSecondaryIndexAction asked = update.update().get();
        Index index = existing(table, asked.indexName());
        var definition = new CapacityDefinition(
                asked.provisionedThroughput(), asked.onDemandThroughput(), asked.warmThroughput());
        Throughput capacity = asked.provisionedThroughput()
                .map(each -> index.capacity().isOnDemand() != table.capacity().isOnDemand()
                        ? Throughput.provisioned(CapacityDefinition.units(each), definition.warmed())
                        : provisioned(index.capacity(), CapacityDefinition.units(each), "index", " " + index.name()))
                .orElse(index.capacity());
        Phase phase = tables.phase("UPDATING");
        return table.changing(
                index.name(),
                each -> each.with(capacity.with(definition.maximum(capacity.maximum()), definition.warmed()))
                        .in(phase));
    }

    private static Index existing(DynamoTable table, String name) {
        return table.index(name)
                .filter(Index::isGlobal)
                .orElseThrow(() -> RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found"));
    }

    private DynamoTable created(
            DynamoTable table, CreateGlobalSecondaryIndexAction asked, List<AttributeDefinition> defined) {
        TableNames.checkAny(asked.indexName());
        if (table.index(asked.indexName()).isPresent()) {
            throw Refusals.invalid("Attempting to create an index which already exists");
        }
        boolean undefined = asked.keySchema().stream()
                .anyMatch(key ->
                        defined.stream().noneMatch(each -> each.attributeName().equals(key.attributeName())));
        if (undefined) {
            throw Refusals.invalid("Invalid KeySchema: Some index key attribute have no definition");
        }
        List<AttributeDefinition> all = new ArrayList<>(defined);
        table.attributes().stream()
                .filter(known ->
                        defined.stream().noneMatch(each -> each.attributeName().equals(known.name())))
                .forEach(known -> all.add(new AttributeDefinition()
                        .attributeName(known.name())
                        .attributeType(known.type().name())));
        var definition = KeyDefinition.of(all);
        Index index = new IndexDefinition(kernel, definition, tables.phase("CREATING"))
                .global(asked, table.capacity().isOnDemand())
                .filledTo(Optional.of(Blob.EMPTY));
        List<Index> indexes = new ArrayList<>(table.indexes());
        indexes.add(index);
        if (indexes.stream().filter(Index::isGlobal).count() > 20) {
            throw LIMIT_EXCEEDED_EXCEPTION.because(
                    "Subscriber limit exceeded: GlobalSecondaryIndex count exceeds the" + " per-table limit of 20");
        }
        return trimmed(table.withAttributes(definition.attributes()).with(indexes));
    }

    private DynamoTable deleted(DynamoTable table, Index index) {
        kernel.drop(index.lot());
        return trimmed(table.with(
                table.indexes().stream().filter(each -> !each.equals(index)).toList()));
    }

    /// Without the definitions that no key needs any more.
    private static DynamoTable trimmed(DynamoTable table) {
        return table.withAttributes(table.attributes().stream()
                .filter(each -> table.keys().has(each.name())
                        || table.indexes().stream()
                                .anyMatch(index -> index.keys().has(each.name())))
                .toList());
    }
}
