package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Telling;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Amazon DynamoDB: tables of items, on the kernel's ordered tables.
public final class DynamoDbService implements Service {
    public static final String ID = "dynamodb";

    private final Kernel kernel;
    private final Changes changes;
    private final Streams streams;
    private final Items items;
    private final Tables tables;
    private final TimeToLive timeToLive;
    private final Policies policies;
    private final Pins pins;
    private final Images images;
    private final Backups backups;
    private final Archival archival;
    private final Wanted wanted;

    public DynamoDbService(Kernel kernel) {
        this.kernel = kernel;
        this.changes = new Changes(kernel);
        this.streams = new Streams(kernel, changes);
        Shelf<DynamoTable> shelf = kernel.shelf(DynamoTable.KIND);
        this.items = new Items(kernel, shelf, changes);
        this.policies = new Policies(kernel, shelf);
        this.tables = new Tables(kernel, shelf, items, streams, policies);
        this.timeToLive = new TimeToLive(kernel, tables, items);
        this.pins = new Pins(kernel, shelf, changes);
        this.images = new Images(kernel, items, changes);
        this.backups = new Backups(kernel, tables, images, pins);
        this.archival = new Archival(kernel, tables, backups);
        this.wanted = new Wanted(kernel, shelf);
    }

    @Override
    public List<Api> parts() {
        var restores = new Restores(kernel, tables, backups, images);
        var reads = new Reads(tables, items);
        var tokens = new RequestTokens(kernel);
        return List.of(
                tables,
                new TableUpdates(kernel, tables, streams),
                timeToLive,
                new Tags(tables),
                new Writes(tables, items),
                reads,
                new Batches(tables, items, reads),
                new Transacts(tables, items, reads, tokens),
                new Statements(new StatementRuns(kernel, tables, items), tokens),
                new Queries(tables, items),
                backups,
                restores,
                new Exports(kernel, tables, restores, images),
                new Imports(kernel, tables, images),
                new GlobalTables(kernel, tables),
                new ReplicaScaling(kernel, tables),
                new Destinations(tables),
                policies,
                new Insights(kernel, tables));
    }

    /// The resource that a request names by an ARN.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        return Homes.of(input);
    }

    @Override
    public void refuseEarly(OperationSchema operation, Struct input) {
        EarlyChecks.check(operation, input);
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(
                Tables.DROP,
                tables::drop,
                Tables.FILL,
                tables::fill,
                Changes.TRIM,
                changes::trim,
                TimeToLive.NOTE,
                timeToLive::note,
                Changes.FORGET,
                changes::forget,
                Pins.LET_GO,
                pins::letGo,
                Backups.EXPIRE,
                backups::expire,
                Replicas.FILL,
                tables.replicas()::fill,
                Lockouts.WATCH,
                archival::watch);
    }

    @Override
    public Map<String, Consumer<String>> longTasks() {
        return Map.of(
                Lockouts.ARCHIVE,
                archival::archive,
                LastBackups.TASK,
                tableId -> tables.lastBackups().make(tableId, backups));
    }

    @Override
    public List<Access> wants(OperationSchema operation, Struct input, List<Access> reference) {
        return wanted.of(operation, input, reference);
    }

    @Override
    public Optional<ResourcePolicy> policy(Arn resource) {
        return policies.text(resource.toString()).map(ResourcePolicy::of);
    }

    @Override
    public List<Telling> tellings() {
        return List.of(ItemTelling.TELLING);
    }

    @Override
    public List<Kind<?>> kinds() {
        return List.of(DynamoTable.KIND, Backup.KIND, Transfer.EXPORT, Transfer.IMPORT);
    }
}
