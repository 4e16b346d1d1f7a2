package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.services.dynamodb.Features.Stream;
import dev.cloudjar.services.dynamodb.Groups.Group;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.ArrayList;
import java.util.List;

/// Global tables of the first version, made of tables that are there already: of the same keys, streamed, and
/// empty.
final class GlobalTables implements DynamoDb {
    private static final int PAGE = 100;

    private final Kernel kernel;
    private final Tables tables;
    private final Groups groups;

    GlobalTables(Kernel kernel, Tables tables) {
        this.kernel = kernel;
        this.tables = tables;
        this.groups = tables.groups();
    }

    /// Does `work` in another region of the same account.
    static <R> R in(String region, ScopedValue.CallableOp<R, RuntimeException> work) {
        Call call = Call.current();
        return call.in(call.account(), region).run(work);
    }

    @Override
    public CreateGlobalTableOutput createGlobalTable(CreateGlobalTableInput in) {
        String name = in.globalTableName();
        if (groups.find(name).isPresent()) {
            throw GLOBAL_TABLE_ALREADY_EXISTS_EXCEPTION.because("Global table with name: '%s' already exists", name);
        }
        List<String> regions = in.replicationGroup().stream()
                .map(replica -> replica.regionName().orElse(Call.current().region()))
                .toList();
        if (regions.isEmpty()) {
            throw Refusals.parameters("Replication group must have at least one replica");
        }
        if (regions.stream().distinct().count() < regions.size()) {
            throw Refusals.parameters("Duplicate regions in the replication group");
        }
        Group made = join(new Group(name, tables.now(), regions));
        return new CreateGlobalTableOutput().globalTableDescription(describe(made, "CREATING"));
    }

    /// Has the tables of all regions know each other, once they can be replicas of each other.
    private Group join(Group group) {
        List<DynamoTable> members = new ArrayList<>();
        group.regions().forEach(region -> members.add(in(region, () -> member(group.key(), region))));
        for (DynamoTable member : members) {
            if (!member.keys().equals(members.getFirst().keys())) {
                throw Refusals.parameters(
                        "Tables of the global table '%s' do not have the same key schema", group.key());
            }
        }
        return connect(group);
    }

    private DynamoTable member(String name, String region) {
        DynamoTable table = tables.shelf()
                .find(name)
                .orElseThrow(() -> TABLE_NOT_FOUND_EXCEPTION.because(
                        "Table not found: Table: %s in region: %s not found", name, region));
        boolean streamed = table.features().stream()
                .filter(Stream::enabled)
                .filter(stream -> stream.viewType().equals("NEW_AND_OLD_IMAGES"))
                .isPresent();
        if (!streamed) {
            throw Refusals.parameters(
                    "Table %s in region %s must have streams with NEW_AND_OLD_IMAGES enabled", name, region);
        }
        if (tables.isEmpty(table)) {
            return table;
        }
        throw Refusals.parameters("Table %s in region %s is not empty", name, region);
    }

    private Group connect(Group group) {
        for (String region : group.regions()) {
            List<String> others = group.regions().stream()
                    .filter(each -> !each.equals(region))
                    .toList();
            in(
                    region,
                    () -> tables.shelf()
                            .update(group.key(), row -> row.with(row.features().replicated(others))));
        }
        return groups.put(group);
    }

    private Group get(String name) {
        return groups.find(name)
                .orElseThrow(() -> GLOBAL_TABLE_NOT_FOUND_EXCEPTION.because(
                        "Global table not found: Global table with name: '%s' does not exist", name));
    }

    @Override
    public UpdateGlobalTableOutput updateGlobalTable(UpdateGlobalTableInput in) {
        Group before = get(in.globalTableName());
        if (in.replicaUpdates().isEmpty()) {
            throw Refusals.parameters("At least one replica update must be specified");
        }
        List<String> regions = new ArrayList<>(before.regions());
        for (ReplicaUpdate update : in.replicaUpdates()) {
            update.create().ifPresent(create -> add(regions, before, create.regionName()));
            update.delete().ifPresent(delete -> remove(regions, before, delete.regionName()));
        }
        var changed = new Group(before.key(), before.created(), regions);
        Group kept = regions.containsAll(before.regions()) ? join(changed) : connect(changed);
        return new UpdateGlobalTableOutput().globalTableDescription(describe(kept, "UPDATING"));
    }

    private static void add(List<String> regions, Group group, String region) {
        if (group.isIn(region)) {
            throw REPLICA_ALREADY_EXISTS_EXCEPTION.because(
                    "Replica in region: '%s' of global table '%s' already exists", region, group.key());
        }
        regions.add(region);
    }

    private void remove(List<String> regions, Group group, String region) {
        if (!regions.remove(region)) {
            throw REPLICA_NOT_FOUND_EXCEPTION.because(
                    "Replica in region: '%s' of global table '%s' was not found", region, group.key());
        }
        in(
                region,
                () -> tables.shelf()
                        .update(group.key(), row -> row.with(row.features().replicated(List.of()))));
    }

    @Override
    public DescribeGlobalTableOutput describeGlobalTable(DescribeGlobalTableInput in) {
        return new DescribeGlobalTableOutput().globalTableDescription(describe(get(in.globalTableName()), "ACTIVE"));
    }

    private static GlobalTableDescription describe(Group group, String status) {
        Arn arn = Arn.here(DynamoDbService.ID, "global-table/" + group.key());
        return new GlobalTableDescription()
                .replicationGroup(group.regions().stream()
                        .map(region -> new ReplicaDescription().regionName(region))
                        .toList())
                .globalTableArn(arn.in("", arn.account()).toString())
                .creationDateTime(group.created())
                .globalTableStatus(status)
                .globalTableName(group.key());
    }

    @Override
    public ListGlobalTablesOutput listGlobalTables(ListGlobalTablesInput in) {
        int limit = in.limit().orElse(PAGE);
        String region = in.regionName().orElse(Call.current().region());
        Cut<Group> found =
                Cut.of(groups.after(in.exclusiveStartGlobalTableName()).filter(group -> group.isIn(region)), limit);
        var out = new ListGlobalTablesOutput()
                .globalTables(found.page().stream()
                        .map(group -> new GlobalTable()
                                .globalTableName(group.key())
                                .replicationGroup(group.regions().stream()
                                        .map(each -> new Replica().regionName(each))
                                        .toList()))
                        .toList());
        return found.more()
                ? out.lastEvaluatedGlobalTableName(found.page().getLast().key())
                : out;
    }

    @Override
    public DescribeGlobalTableSettingsOutput describeGlobalTableSettings(DescribeGlobalTableSettingsInput in) {
        Group group = get(in.globalTableName());
        return new DescribeGlobalTableSettingsOutput()
                .globalTableName(group.key())
                .replicaSettings(new GlobalSettings(kernel, tables).describe(group, "ACTIVE"));
    }

    @Override
    public UpdateGlobalTableSettingsOutput updateGlobalTableSettings(UpdateGlobalTableSettingsInput in) {
        Group group = get(in.globalTableName());
        var settings = new GlobalSettings(kernel, tables);
        settings.update(group, in);
        return new UpdateGlobalTableSettingsOutput()
                .globalTableName(group.key())
                .replicaSettings(settings.describe(group, "UPDATING"));
    }
}
