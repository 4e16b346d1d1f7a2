package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Lot;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A secondary index. Its entries are rows of a lot of their own. While `backfill` is there, it says up to which
/// item of the table the index is filled.
record Index(
        String name,
        boolean isGlobal,
        Lot lot,
        Keys keys,
        Projected projected,
        Throughput capacity,
        Phase phase,
        Optional<Blob> backfill) {
    /// What an index copies of an item beyond the keys: `ALL`, `KEYS_ONLY` or `INCLUDE`.
    record Projected(String type, List<String> attributes) {
        boolean isAll() {
            return type.equals("ALL");
        }
    }

    /// What the index keeps of `item`.
    Map<String, Value> entry(Keys table, Map<String, Value> item) {
        if (projected.isAll()) {
            return item;
        }
        Map<String, Value> entry = new LinkedHashMap<>(table.of(item));
        entry.putAll(keys.of(item));
        for (String attribute : projected.attributes()) {
            Value value = item.get(attribute);
            if (value != null) {
                entry.put(attribute, value);
            }
        }
        return entry;
    }

    /// Whether the index has all that is asked for.
    boolean covers(Keys table, List<String> attributes) {
        return projected.isAll()
                || attributes.stream()
                        .allMatch(name -> table.has(name)
                                || keys.has(name)
                                || projected.attributes().contains(name));
    }

    Index filledTo(Optional<Blob> cursor) {
        return new Index(name, isGlobal, lot, keys, projected, capacity, phase, cursor);
    }

    Index with(Throughput changed) {
        return new Index(name, isGlobal, lot, keys, projected, changed, phase, backfill);
    }

    Index in(Phase next) {
        return new Index(name, isGlobal, lot, keys, projected, capacity, next, backfill);
    }
}
