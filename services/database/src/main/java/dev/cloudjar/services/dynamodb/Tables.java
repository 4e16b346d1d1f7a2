package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tables: made, described, listed, deleted.
final class Tables implements DynamoDb {
    static final String DROP = "drop-table";
    static final String FILL = "fill-index";

    /// The states in which a table has no items for anybody.
    private static final Set<String> HIDDEN = Set.of("CREATING", "ARCHIVING", "ARCHIVED");

    private static final Set<String> CHANGING = Set.of("CREATING", "UPDATING", "DELETING");
    private static final int MOST_CHANGING = 500;
    private static final Duration REALISTIC = Duration.ofSeconds(10);

    private final Kernel kernel;
    private final Shelf<DynamoTable> shelf;
    private final Items items;
    private final Streams streams;
    private final Policies policies;
    private final Replicas replicas;
    private final TableView view;
    private final Groups groups;
    private final Scaling scaling;
    private final TableKeys keys;
    private final StrongTables strong;
    private final Lockouts lockouts;
    private final LastBackups lastBackups;

    Tables(Kernel kernel, Shelf<DynamoTable> shelf, Items items, Streams streams, Policies policies) {
        this.kernel = kernel;
        this.shelf = shelf;
        this.items = items;
        this.streams = streams;
        this.policies = policies;
        this.replicas = new Replicas(kernel, shelf, items, streams);
        this.groups = new Groups(kernel);
        this.strong = new StrongTables(kernel);
        this.keys = new TableKeys(kernel);
        this.lockouts = new Lockouts(kernel, keys);
        this.view = new TableView(kernel, items, new TableView.Beside(shelf, groups, strong, lockouts));
        this.scaling = new Scaling(kernel);
        this.lastBackups = new LastBackups(kernel, new Changes(kernel));
    }

    Shelf<DynamoTable> shelf() {
        return shelf;
    }

    Replicas replicas() {
        return replicas;
    }

    TableView view() {
        return view;
    }

    StrongTables strong() {
        return strong;
    }

    Groups groups() {
        return groups;
    }

    LastBackups lastBackups() {
        return lastBackups;
    }

    Lockouts lockouts() {
        return lockouts;
    }

    boolean isEmpty(DynamoTable table) {
        return items.count(table.lot()) == 0;
    }

    Instant now() {
        return kernel.time().now();
    }

    /// The table for an operation on items.
    DynamoTable forItems(String name) {
        DynamoTable found = shelf.find(name)
                .filter(table -> !HIDDEN.contains(table.phase().at(now())))
                .orElseThrow(() -> RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found"));
        keys.check(found);
        return found;
    }

    /// Refuses whoever cannot use the key of a table.
    void checkKey(DynamoTable table) {
        keys.check(table);
    }

    /// The table for an operation on tables.
    DynamoTable get(String nameOrArn) {
        return shelf.get(TableNames.of(nameOrArn));
    }

    /// The table for an operation on backups, whose word for a missing one is another.
    DynamoTable known(String nameOrArn) {
        String name = TableNames.of(nameOrArn);
        return shelf.find(name).orElseThrow(() -> TABLE_NOT_FOUND_EXCEPTION.because("Table not found: %s", name));
    }

    /// A state that lasts as long as AWS's would where the world is told to be realistic, and else is over at
    /// once.
    Phase phase(String moving) {
        Instant now = now();
        return new Phase(moving, kernel.realisticDelays() ? now.plus(REALISTIC) : now);
    }

    @Override
    public CreateTableOutput createTable(CreateTableInput in) {
        Unbuilt.check(in, "CreateTable");
        DynamoTable table = new TableDefinition(kernel, phase("CREATING")).read(in);
        checkConcurrent();
        TableDescription created = create(table, Tags.read(in.tags()));
        in.resourcePolicy().ifPresent(policy -> policies.attach(table, policy));
        return new CreateTableOutput().tableDescription(created);
    }

    void checkFree(String name) {
        if (shelf.find(name).isPresent()) {
            throw RESOURCE_IN_USE_EXCEPTION.because("Table already exists: %s", name);
        }
    }

    /// The same for an operation on backups, whose word for it is another.
    void checkUntaken(String name) {
        TableNames.checkAny(name);
        if (shelf.find(name).isPresent()) {
            throw TABLE_ALREADY_EXISTS_EXCEPTION.because("Table already exists: %s", name);
        }
    }

    /// Puts a table there, and describes it as it comes into being.
    TableDescription create(DynamoTable table, Map<String, String> tags) {
        checkFree(table.id());
        shelf.create(table, tags);
        streams.follow(table);
        lockouts.watch(table);
        return view.describe(table, "CREATING");
    }

    @Override
    public DescribeTableOutput describeTable(DescribeTableInput in) {
        DynamoTable table = get(in.tableName());
        return new DescribeTableOutput()
                .table(view.describe(table, table.phase().at(now())));
    }

    @Override
    public ListTablesOutput listTables(ListTablesInput in) {
        int limit = in.limit().orElse(100);
        Stream<DynamoTable> rows = shelf.rows(in.exclusiveStartTableName()
                .map(start -> Span.ALL.from(start + '\0'))
                .orElse(Span.ALL));
        Cut<String> names = Cut.of(rows.map(DynamoTable::id), limit);
        var out = new ListTablesOutput().tableNames(names.page());
        return names.more() ? out.lastEvaluatedTableName(names.page().getLast()) : out;
    }

    @Override
    public DeleteTableOutput deleteTable(DeleteTableInput in) {
        DynamoTable table = get(in.tableName());
        checkActive(table);
        checkConcurrent();
        if (table.features().isProtected()) {
            throw Refusals.invalid("Resource cannot be deleted as it is currently protected against deletion."
                    + " Disable deletion protection first.");
        }
        strong.checkNot(table.id(), "Deleting a single replica");
        Phase leaving = phase("DELETING");
        DynamoTable gone = table.in(leaving);
        if (kernel.realisticDelays()) {
            shelf.update(table.id(), _ -> gone);
            kernel.agenda().at(leaving.until(), DynamoDbService.ID, DROP, table.id());
        } else {
            drop(table.id());
        }
        return new DeleteTableOutput().tableDescription(view.describeDeleting(table));
    }

    /// Refuses a change of a table that is still changing.
    void checkActive(DynamoTable table) {
        switch (table.phase().at(now())) {
            case "CREATING" ->
                throw RESOURCE_IN_USE_EXCEPTION.because(
                        "Attempt to change a resource which is still in use: Table is being created: %s", table.id());
            case "UPDATING" ->
                throw RESOURCE_IN_USE_EXCEPTION.because(
                        "Attempt to change a resource which is still in use: Table is being updated: %s", table.id());
            case "ARCHIVING" ->
                throw RESOURCE_IN_USE_EXCEPTION.because(
                        "Attempt to change a resource which is still in use: Table is being archived: %s", table.id());
            case "DELETING" ->
                throw RESOURCE_IN_USE_EXCEPTION.because(
                        "Attempt to change a resource which is still in use: Table is being deleted: %s", table.id());
            default -> {}
        }
    }

    /// Refuses a change while too many tables are changing, which takes time only in a world that is told so.
    void checkConcurrent() {
        if (kernel.realisticDelays()
                && shelf.all()
                                .filter(table -> CHANGING.contains(table.phase().at(now())))
                                .count()
                        >= MOST_CHANGING) {
            throw LIMIT_EXCEEDED_EXCEPTION.because(
                    "Subscriber limit exceeded: Only %d tables can be created, updated, or deleted simultaneously",
                    MOST_CHANGING);
        }
    }

    /// Refuses a change of a table that has been archived.
    void checkKept(DynamoTable table) {
        if (table.phase().at(now()).equals("ARCHIVED")) {
            throw RESOURCE_IN_USE_EXCEPTION.because(
                    "Attempt to change a resource which is still in use: Table is archived: %s", table.id());
        }
    }

    void drop(String name) {
        DynamoTable table = shelf.get(name);
        shelf.remove(name);
        streams.end(table);
        replicas.leave(table);
        policies.forget(table);
        groups.leave(name);
        scaling.forget(name);
        lastBackups.forget(table);
    }

    /// Fills the indexes of a table that are not full yet, some items at a time.
    void fill(String name) {
        Optional<DynamoTable> there = shelf.find(name);
        there.flatMap(table -> table.indexes().stream()
                        .filter(each -> each.backfill().isPresent())
                        .findFirst())
                .ifPresent(index -> fill(there.orElseThrow(), index));
    }

    private void fill(DynamoTable table, Index index) {
        Blob from = index.backfill().orElseThrow();
        Items.Some some = items.some(table, from);
        some.items().forEach(item -> items.index(table, index, item));
        shelf.update(table.id(), row -> row.changing(index.name(), each -> each.filledTo(some.next())));
        if (some.next().isPresent()) {
            kernel.agenda().at(now(), DynamoDbService.ID, FILL, table.id());
        }
    }

    @Override
    public DescribeLimitsOutput describeLimits(DescribeLimitsInput in) {
        return new DescribeLimitsOutput()
                .accountMaxReadCapacityUnits(80_000)
                .accountMaxWriteCapacityUnits(80_000)
                .tableMaxReadCapacityUnits(40_000)
                .tableMaxWriteCapacityUnits(40_000);
    }

    @Override
    public DescribeEndpointsResponse describeEndpoints(DescribeEndpointsRequest in) {
        String authority = java.net
                .URI
                .create(dev.cloudjar.kernel.Call.current().request().endpoint())
                .getAuthority();
        return new DescribeEndpointsResponse()
                .endpoints(List.of(new Endpoint().address(authority).cachePeriodInMinutes(1440)));
    }
}
