package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Meter;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Counts the keys of tables and indexes that have contributor insights: which of them use most capacity, and
/// which are throttled most often.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/contributorinsights_HowItWorks.html
record Contributions(Meter meter) {
    private static final String TABLE = "";

    /// A table, by the empty name, or an index that is watched: all that is done there, or only what is
    /// throttled.
    record Watched(String name, boolean all) {}

    /// The rules that AWS makes in CloudWatch: of partition keys, and of partition and sort keys together.
    static List<String> rules(DynamoTable table, String index, boolean all) {
        List<String> kinds = new ArrayList<>(all ? List.of("PKC", "PKT") : List.of("PKT"));
        if (!keys(table, index).range().isEmpty()) {
            kinds.addAll(all ? List.of("SKC", "SKT") : List.of("SKT"));
        }
        return kinds.stream().map(kind -> rule(kind, table, index)).toList();
    }

    private static String rule(String kind, DynamoTable table, String index) {
        String resource = index.isEmpty() ? table.id() : table.id() + "-" + index;
        return "DynamoDBContributorInsights-" + kind + "-" + resource + "-"
                + table.identity().created().toEpochMilli();
    }

    private static Keys keys(DynamoTable table, String index) {
        return table.index(index).map(Index::keys).orElse(table.keys());
    }

    static boolean isWatched(DynamoTable table) {
        return !table.identity().watched().isEmpty();
    }

    /// What a request has used of a table for one item.
    void used(DynamoTable table, Map<String, Value> item, double units) {
        used(table, TABLE, item, units);
    }

    /// The same of a table or index.
    void used(DynamoTable table, String index, Map<String, Value> item, double units) {
        if (isWatched(table, index, true) && units > 0) {
            count(table, index, item, (kind, keys) -> meter.contribute(rule(kind + "C", table, index), keys, units));
        }
    }

    /// What a write has used, of the table and of its indexes.
    void wrote(DynamoTable table, Items.Change change, Consumption consumed) {
        if (isWatched(table)) {
            Map<String, Value> item = change.after().isEmpty() ? change.before() : change.after();
            consumed.units().forEach((place, units) -> used(table, place, item, units));
        }
    }

    /// Notes that a request for an item was refused, for want of capacity of the table or index.
    void throttled(DynamoTable table, String index, Map<String, Value> item) {
        if (isWatched(table, index, false)) {
            count(table, index, item, (kind, keys) -> meter.contributeNow(rule(kind + "T", table, index), keys, 1));
        }
    }

    private static boolean isWatched(DynamoTable table, String index, boolean all) {
        return isWatched(table)
                && table.identity().watched().stream()
                        .anyMatch(each -> each.name().equals(index) && (each.all() || !all));
    }

    /// Counts the partition key of `item`, and its partition and sort key together, as far as it has them.
    private static void count(
            DynamoTable table, String index, Map<String, Value> item, BiConsumer<String, List<String>> counter) {
        Keys keys = keys(table, index);
        List<String> hash = texts(keys.hash(), item);
        if (hash.size() < keys.hash().size()) {
            return;
        }
        counter.accept("PK", hash);
        List<String> range = texts(keys.range(), item);
        if (!range.isEmpty() && range.size() == keys.range().size()) {
            List<String> both = new ArrayList<>(hash);
            both.addAll(range);
            counter.accept("SK", List.copyOf(both));
        }
    }

    private static String text(Value.Scalar value) {
        return switch (value) {
            case Value.S string -> string.text();
            case Value.N number -> number.text();
            case Value.B bytes ->
                Base64.getEncoder().encodeToString(bytes.bytes().bytes());
        };
    }

    private static List<String> texts(List<KeyAttribute> attributes, Map<String, Value> item) {
        List<String> texts = new ArrayList<>();
        for (KeyAttribute attribute : attributes) {
            Value value = item.get(attribute.name());
            if (value instanceof Value.Scalar scalar) {
                texts.add(text(scalar));
            }
        }
        return texts;
    }
}
