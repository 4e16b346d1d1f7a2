package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Lot;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a Query or Scan reads: a table, or one of its indexes.
record Source(DynamoTable table, Optional<Index> index, boolean consistent) {
    static Source of(DynamoTable table, Struct in) {
        Optional<Index> index = Parameters.text(in, "IndexName")
                .map(name -> table.index(name)
                        .orElseThrow(() -> Refusals.invalid("The table does not have the specified index: %s", name)));
        boolean consistent = Parameters.is(in, "ConsistentRead");
        index.filter(Index::isGlobal).ifPresent(global -> {
            if (consistent) {
                throw Refusals.invalid("Consistent reads are not supported on global secondary indexes");
            }
            if (global.backfill().isPresent()) {
                throw Refusals.invalid("Cannot read from backfilling global secondary index: %s", global.name());
            }
        });
        return new Source(table, index, consistent);
    }

    Keys keys() {
        return index.map(Index::keys).orElse(table.keys());
    }

    Lot lot() {
        return index.map(Index::lot).orElse(table.lot());
    }

    Consumption consumed(long size) {
        var consumed = new Consumption(table);
        double units = Consumption.forRead(size, consistent);
        return index.map(each -> consumed.add(0).add(each, units)).orElseGet(() -> consumed.add(units));
    }

    /// The key by which a page is asked for that follows this item.
    Map<String, Value> lastKey(Map<String, Value> item) {
        Map<String, Value> key = new LinkedHashMap<>(table.keys().of(item));
        index.ifPresent(each -> key.putAll(each.keys().of(item)));
        return key;
    }

    /// Where a page begins that follows `start`, which must be a key of this source and within `bounds`.
    Optional<Blob> startKey(Map<String, Value> start, Queries.Bounds bounds) {
        if (start.isEmpty()) {
            return Optional.empty();
        }
        if (lastKey(start).size() != start.size() || start.size() != lastKeySize()) {
            throw bounds.mismatch();
        }
        Blob base = table.keys().bytes(start).orElseThrow(Source::mismatch);
        Blob key = index.isPresent() ? keys().bytes(start, Optional.of(base)).orElseThrow(Source::mismatch) : base;
        bounds.check(key);
        return Optional.of(key);
    }

    private long lastKeySize() {
        return java.util.stream.Stream.concat(table.keys().names().stream(), keys().names().stream())
                .distinct()
                .count();
    }

    static AwsError mismatch() {
        return Refusals.invalid(
                "The provided starting key is invalid: The provided key element does not match the schema");
    }

    /// The filter, once it looks at no key of this source.
    Source filtered(Optional<Requirement> filter, boolean legacy) {
        filter.ifPresent(condition -> condition.forEachPath(path -> {
            if (keys().has(path.attribute())) {
                throw Refusals.invalid(
                        "%s can only contain non-primary key attributes: Primary key attribute: %s",
                        legacy ? "QueryFilter" : "Filter Expression", path.attribute());
            }
        }));
        return this;
    }
}
