package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a page: items in order, until as many have been looked at as are asked for, or as one megabyte holds.
record PageRead(Source source, Items.Range range, boolean descending) {
    private static final long LARGEST_PAGE = 1 << 20;

    /// Which items are wanted, and what of them.
    record Wanted(Optional<Requirement> filter, Choice choice) {}

    /// What was read: values that passed the filter, and the last item looked at if there may be more.
    private record Found(List<Map<String, Value>> values, int scanned, long size, Optional<Map<String, Value>> last) {}

    /// What was taken: items as they are wanted, the key of the last item looked at if there may be more.
    record Taken(
            List<Map<String, Value>> items, int scanned, Optional<Map<String, Value>> last, Consumption consumed) {}

    /// Reads what `in` asks for and fills `out`, the answer to a Query or Scan.
    <O extends Struct> O read(Items items, Struct in, Wanted wanted, O out) {
        Taken taken = take(items, Optional.ofNullable((Integer) in.get("Limit")), wanted);
        Optional<List<Map<String, AttributeValue>>> shown = wanted.choice().isCount()
                ? Optional.empty()
                : Optional.of(taken.items().stream()
                        .map(item -> AttributeValues.write(item, AttributeValue::new))
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
        source.index()
                .ifPresentOrElse(
                        index -> items.allowance().check(source.table(), index, Use.READ),
                        () -> items.allowance().check(source.table(), Use.READ));
        Found found = find(items, limit, wanted.filter());
        Consumption consumed = source.consumed(found.size());
        Choice choice = wanted.choice();
        boolean lacking = choice.needsTable(source);
        List<Map<String, Value>> values = found.values().stream()
                .map(entry -> choice.of(lacking ? whole(items, entry, consumed) : entry))
                .toList();
        items.allowance().charge(consumed, Use.READ);
        return new Taken(values, found.scanned(), found.last().map(source::lastKey), consumed);
    }

    private Found find(Items items, Optional<Integer> limit, Optional<Requirement> filter) {
        List<Map<String, Value>> values = new ArrayList<>();
        Iterator<Item> rows = items.rows(source.lot(), range, descending).iterator();
        int most = limit.orElse(Integer.MAX_VALUE);
        int scanned = 0;
        long size = 0;
        Map<String, Value> last = Map.of();
        while (scanned < most && rows.hasNext()) {
            Item item = rows.next();
            if (size + item.size() > LARGEST_PAGE && scanned > 0) {
                return new Found(values, scanned, size, Optional.of(last));
            }
            scanned++;
            size += item.size();
            last = item.values();
            if (items.lives(source.table(), last)
                    && (filter.isEmpty() || filter.get().holds(last))) {
                values.add(last);
            }
        }
        return new Found(values, scanned, size, scanned == most ? Optional.of(last) : Optional.empty());
    }

    private Map<String, Value> whole(Items items, Map<String, Value> entry, Consumption consumed) {
        Item item = items.find(
                        source.table(), source.table().keys().bytes(entry).orElseThrow())
                .orElseThrow();
        consumed.add(Consumption.forRead(item.size(), source.consistent()));
        return item.values();
    }
}
