package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.UpdateTableInput;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Global tables with multi-Region strong consistency, and AWS's rules for them: three Regions of one set, the
/// third of which may be a witness, from an empty table on, and all or nothing. What they promise holds of every
/// global table here, since a write goes to all replicas at once.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
final class StrongTables {
    private static final int REGIONS = 3;
    private static final List<Set<String>> SETS = List.of(
            Set.of("us-east-1", "us-east-2", "us-west-2"),
            Set.of("eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"),
            Set.of("ap-northeast-1", "ap-northeast-2", "ap-northeast-3"));

    /// The Regions of a strongly consistent table, with the one that is its witness.
    record Strong(Key key, List<String> regions, Optional<String> witness) implements Row<Strong.Key> {
        /// The table's name and the number of its set of Regions.
        record Key(String table, int set) {}
    }

    private final Table<Strong.Key, Strong> rows;

    StrongTables(Kernel kernel) {
        this.rows = kernel.table(Strong.class, Scope.ACCOUNT);
    }

    private static int set(String region) {
        return SETS.indexOf(
                SETS.stream().filter(each -> each.contains(region)).findFirst().orElse(Set.of()));
    }

    /// What is known of the table of this name in the Region of the call, if it is strongly consistent.
    Optional<Strong> of(String table) {
        String region = Call.current().region();
        return rows.find(new Strong.Key(table, set(region)))
                .filter(row -> row.regions().contains(region));
    }

    /// Refuses what such a table cannot do.
    void checkNot(String table, String feature) {
        if (of(table).isPresent()) {
            throw Refusals.invalid(
                    "%s is not supported on tables with multi-Region strong consistency: %s", feature, table);
        }
    }

    /// Makes of `table` what an update asks for: a strongly consistent table, or one that is none any more.
    void follow(DynamoTable table, boolean empty, UpdateTableInput in) {
        boolean asked = in.multiRegionConsistency().filter("STRONG"::equals).isPresent();
        Optional<Strong> before = of(table.id());
        if (before.isPresent()) {
            end(before.get(), in);
        } else if (asked) {
            begin(table, empty, in);
        } else if (in.hasGlobalTableWitnessUpdates()) {
            throw Refusals.parameters(
                    "GlobalTableWitnessUpdates can only be specified for tables with MultiRegionConsistency STRONG");
        }
    }

    private void begin(DynamoTable table, boolean empty, UpdateTableInput in) {
        Optional<String> witness = in.globalTableWitnessUpdates().stream()
                .flatMap(each -> each.create().stream())
                .map(each -> each.regionName())
                .findFirst();
        List<String> regions = new ArrayList<>(List.of(Call.current().region()));
        in.replicaUpdates().stream()
                .flatMap(each -> each.create().stream())
                .forEach(each -> regions.add(each.regionName()));
        Set<String> all = new HashSet<>(regions);
        witness.ifPresent(all::add);
        int set = set(Call.current().region());
        boolean together = set >= 0 && SETS.get(set).containsAll(all);
        if (all.size() != REGIONS || regions.size() + (witness.isPresent() ? 1 : 0) != REGIONS || !together) {
            throw Refusals.parameters("A table with multi-Region strong consistency must have three replicas, or two"
                    + " replicas and a witness, in Regions of the same Region set");
        }
        check(!empty, "the table contains data");
        check(!table.features().replicas().isEmpty(), "the table already has replicas");
        check(table.features().expiry().isPresent(), "Time to Live is enabled");
        check(table.localIndexes().findAny().isPresent(), "the table has local secondary indexes");
        rows.put(new Strong(new Strong.Key(table.id(), set), regions, witness));
    }

    private static void check(boolean wrong, String why) {
        if (wrong) {
            throw Refusals.parameters("Multi-Region strong consistency cannot be configured because %s", why);
        }
    }

    /// All other replicas go, and the witness, or none does.
    private void end(Strong before, UpdateTableInput in) {
        Set<String> going = new HashSet<>();
        in.replicaUpdates().stream()
                .flatMap(each -> each.delete().stream())
                .forEach(each -> going.add(each.regionName()));
        in.globalTableWitnessUpdates().stream()
                .flatMap(each -> each.delete().stream())
                .forEach(each -> going.add(each.regionName()));
        Set<String> others = new HashSet<>(before.regions());
        before.witness().ifPresent(others::add);
        others.removeIf(Predicate.isEqual(Call.current().region()));
        if (in.replicaUpdates().stream().anyMatch(each -> each.create().isPresent())) {
            throw Refusals.parameters("Replicas cannot be added to a table with multi-Region strong consistency");
        }
        if (!going.isEmpty() && !going.equals(others)) {
            throw Refusals.parameters("A single replica or witness cannot be removed from a table with multi-Region"
                    + " strong consistency; the remaining two must be removed together");
        }
        if (!going.isEmpty()) {
            rows.remove(before.key());
        }
    }
}
