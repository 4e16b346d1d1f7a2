package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.expression.KeyCondition;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a page of what is demanded: items in order, until as many have been looked at as are asked for, or as
/// one megabyte holds.
record PageRead(Source source, Items.Range range, KeyCondition demanded, boolean descending) {
    private static final long LARGEST_PAGE = 1 << 20;

    /// Which items are wanted, and what of them.
    record Wanted(Optional<Requirement> filter, Choice choice) {}

    /// What was read: items that passed the filter, and the last item looked at if there may be more.
    private record Found(List<Item> items, int scanned, long size, Optional<Item> last) {}

    /// Has each item that was looked at count for its part of what a page has used.
    private void count(Items items, List<Item> looked, Found found, Consumption consumed) {
        String place = source.index().map(Index::name).orElse("");
        double units = consumed.units().getOrDefault(place, 0.0);
        looked.forEach(item ->
                items.contributions().used(source.table(), place, item.values(), units * item.size() / found.size()));
    }

    /// What was taken: the items that are wanted, the key of the last item looked at if there may be more.
    record Taken(List<Item> items, int scanned, Optional<Map<String, Value>> last, Consumption consumed) {}

    /// Reads what `in` asks for and fills `out`, the answer to a Query or Scan.
    <O extends Struct> O read(Items items, Struct in, Wanted wanted, O out) {
        Taken taken = take(items, Optional.ofNullable((Integer) in.get("Limit")), wanted);
        Optional<List<Map<String, AttributeValue>>> shown = wanted.choice().isCount()
                ? Optional.empty()
                : Optional.of(taken.items().stream()
                        .map(item -> item.shown(wanted.choice().projection()))
                        .toList());
        Parameters.set(out, "Items", shown);
        Parameters.set(out, "Count", Optional.of(taken.items().size()));
        Parameters.set(out, "ScannedCount", Optional.of(taken.scanned()));
        Parameters.set(
                out, "LastEvaluatedKey", taken.last().map(key -> AttributeValues.write(key, AttributeValue::new)));
        Parameters.set(out, "ConsumedCapacity", taken.consumed().report(in, Consumption.Kind.PLAIN));
        return out;
    }

    Taken take(Items items, Optional<Integer> limit, Wanted wanted) {
        Map<String, Value> partition = items.allowance().isKept()
                ? demanded.equal(
                        source.keys().hash().stream().map(KeyAttribute::name).toList())
                : Map.of();
        source.index()
                .ifPresentOrElse(
                        index -> items.allowance().check(source.table(), index, Use.READ, partition),
                        () -> items.allowance().check(source.table(), Use.READ, partition));
        boolean watched = Contributions.isWatched(source.table());
        List<Item> looked = watched ? new ArrayList<>() : List.of();
        Found found = find(items, limit, wanted.filter(), watched ? looked::add : _ -> {});
        Consumption consumed = source.consumed(found.size());
        count(items, looked, found, consumed);
        boolean lacking = wanted.choice().needsTable(source);
        List<Item> wholes = lacking
                ? found.items().stream()
                        .map(entry -> whole(items, entry.values(), consumed))
                        .toList()
                : found.items();
        items.allowance().charge(consumed, Use.READ);
        return new Taken(wholes, found.scanned(), found.last().map(last -> source.lastKey(last.values())), consumed);
    }

    private Found find(Items items, Optional<Integer> limit, Optional<Requirement> filter, Consumer<Item> looked) {
        List<Item> passed = new ArrayList<>();
        Iterator<Item> rows = items.rows(source.lot(), range, descending).iterator();
        int most = limit.orElse(Integer.MAX_VALUE);
        int scanned = 0;
        long size = 0;
        Optional<Item> last = Optional.empty();
        while (scanned < most && rows.hasNext()) {
            Item item = rows.next();
            if (size + item.size() > LARGEST_PAGE && scanned > 0) {
                return new Found(passed, scanned, size, last);
            }
            scanned++;
            size += item.size();
            last = Optional.of(item);
            looked.accept(item);
            if (passes(items, item, filter)) {
                passed.add(item);
            }
        }
        return new Found(passed, scanned, size, scanned == most ? last : Optional.empty());
    }

    private boolean passes(Items items, Item item, Optional<Requirement> filter) {
        boolean everything =
                filter.isEmpty() && source.table().features().expiry().isEmpty();
        if (everything) {
            return true;
        }
        Map<String, Value> values = item.values();
        return items.lives(source.table(), values)
                && (filter.isEmpty() || filter.get().holds(values));
    }

    private Item whole(Items items, Map<String, Value> entry, Consumption consumed) {
        Item found = items.find(
                        source.table(), source.table().keys().bytes(entry).orElseThrow())
                .orElseThrow();
        consumed.add(Consumption.forRead(found.size(), source.consistent()));
        return found;
    }
}
