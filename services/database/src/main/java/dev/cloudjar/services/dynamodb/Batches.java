package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.expression.Placeholders;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Many items in one request: BatchGetItem and BatchWriteItem.
final class Batches implements DynamoDb {
    private static final int MOST_READ = 100;
    private static final int MOST_WRITTEN = 25;
    private static final long LARGEST_ANSWER = 16L << 20;

    private final Tables tables;
    private final Items items;
    private final Reads reads;

    Batches(Tables tables, Items items, Reads reads) {
        this.tables = tables;
        this.items = items;
        this.reads = reads;
    }

    @Override
    public BatchGetItemOutput batchGetItem(BatchGetItemInput in) {
        Map<String, Asked> wanted = new LinkedHashMap<>();
        in.requestItems().forEach((name, keys) -> wanted.put(name, new Asked(keys, wanted(keys))));
        if (wanted.values().stream().mapToInt(each -> each.keys().size()).sum() > MOST_READ) {
            throw Refusals.invalid("Too many items requested for the BatchGetItem call");
        }
        var answer = new Answer(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new Throttled());
        long size = 0;
        for (Map.Entry<String, Asked> table : wanted.entrySet()) {
            size = read(table.getKey(), table.getValue(), answer, size);
        }
        answer.throttled().checkSome();
        var out = new BatchGetItemOutput().responses(answer.items()).unprocessedKeys(answer.unprocessed());
        Parameters.set(out, "ConsumedCapacity", report(in, answer.consumed(), Consumption.Kind.PLAIN));
        return out;
    }

    private static List<Reads.Wanted> wanted(KeysAndAttributes asked) {
        Parameters.checkTogether(asked);
        Placeholders given = Placeholders.of(asked);
        Optional<Excerpt> projection = Parameters.projection(asked, given);
        given.checkAllUsed();
        boolean consistent = Parameters.is(asked, "ConsistentRead");
        return asked.keys().stream()
                .map(key -> new Reads.Wanted(AttributeValues.read(key), projection, consistent, given.nested()))
                .toList();
    }

    /// What is asked of one table, and the reads that it makes.
    private record Asked(KeysAndAttributes request, List<Reads.Wanted> keys) {}

    /// What has been found so far, and what did not fit the answer any more.
    private record Answer(
            Map<String, List<Map<String, AttributeValue>>> items,
            Map<String, KeysAndAttributes> unprocessed,
            Map<String, Consumption> consumed,
            Throttled throttled) {}

    private long read(String name, Asked asked, Answer answer, long before) {
        List<Reads.Wanted> wanted = asked.keys();
        DynamoTable table = tables.forItems(TableNames.of(name));
        wanted.forEach(each -> KeyChecks.checkKey(table.keys(), each.key()));
        Set<Map<String, Value>> keys = new HashSet<>();
        wanted.forEach(each -> checkOnce(keys.add(each.key())));
        long size = before;
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        List<Map<String, AttributeValue>> left = new ArrayList<>();
        var consumed = new Consumption(table);
        for (Reads.Wanted each : wanted) {
            Optional<Reads.Found> item = answer.throttled().unless(() -> reads.find(table, each));
            if (item.isEmpty() || size + item.get().size() > LARGEST_ANSWER) {
                left.add(AttributeValues.write(each.key(), AttributeValue::new));
                continue;
            }
            size += item.get().size();
            consumed.add(item.get().consumed());
            item.get().shown().ifPresent(found::add);
        }
        answer.items().put(name, found);
        answer.consumed().put(name, consumed);
        if (!left.isEmpty()) {
            answer.unprocessed()
                    .put(name, KeysAndAttributes.from(asked.request()).keys(left));
        }
        return size;
    }

    private static void checkOnce(boolean first) {
        if (!first) {
            throw Refusals.invalid("Provided list of item keys contains duplicates");
        }
    }

    /// What was consumed of each table, by the names by which the request calls them.
    static List<ConsumedCapacity> report(Struct in, Map<String, Consumption> consumed, Consumption.Kind kind) {
        Optional<String> asked = Parameters.text(in, "ReturnConsumedCapacity");
        return consumed.entrySet().stream()
                .flatMap(table -> table.getValue().report(asked, table.getKey(), kind).stream())
                .toList();
    }

    @Override
    public BatchWriteItemOutput batchWriteItem(BatchWriteItemInput in) {
        Map<String, List<Write>> writes = writes(in);
        Map<String, Consumption> consumed = new LinkedHashMap<>();
        Map<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
        Map<String, List<WriteRequest>> left = new LinkedHashMap<>();
        var throttled = new Throttled();
        writes.forEach((name, some) -> some.forEach(write -> throttled
                .unless(() -> write.run(items).consumed())
                .ifPresentOrElse(
                        more -> {
                            consumed.merge(name, more, Consumption::add);
                            Writes.metrics(in, write)
                                    .ifPresent(one -> metrics.computeIfAbsent(name, _ -> new ArrayList<>())
                                            .add(one));
                        },
                        () -> left.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(in.requestItems()
                                        .getOrDefault(name, List.of())
                                        .get(some.indexOf(write))))));
        throttled.checkSome();
        var out = new BatchWriteItemOutput().unprocessedItems(left);
        Parameters.set(out, "ConsumedCapacity", report(in, consumed, Consumption.Kind.PLAIN));
        Parameters.set(out, "ItemCollectionMetrics", metrics);
        return out;
    }

    /// The writes that a batch asks for, by what it calls their tables.
    private Map<String, List<Write>> writes(BatchWriteItemInput in) {
        Map<String, List<Draft>> drafts = new LinkedHashMap<>();
        in.requestItems()
                .forEach((name, requests) -> drafts.put(
                        name,
                        requests.stream()
                                .map(each -> draft(TableNames.of(name), each))
                                .toList()));
        if (drafts.values().stream().mapToInt(List::size).sum() > MOST_WRITTEN) {
            throw Refusals.invalid("Too many items requested for the BatchWriteItem call");
        }
        Map<String, List<Write>> writes = new LinkedHashMap<>();
        drafts.forEach((name, some) -> {
            DynamoTable table = tables.forItems(TableNames.of(name));
            List<Write> bound = some.stream().map(draft -> draft.inBatch(table)).toList();
            checkOnce(bound.stream().map(Write::key).distinct().count() == bound.size());
            writes.put(name, bound);
        });
        return writes;
    }

    private static Draft draft(String table, WriteRequest request) {
        if (request.putRequest().isPresent() == request.deleteRequest().isPresent()) {
            throw Refusals.invalid("Supplied WriteRequest must contain exactly one of PutRequest or DeleteRequest");
        }
        return request.putRequest()
                .map(put -> Draft.put(put, table))
                .orElseGet(() -> Draft.delete(request.deleteRequest().orElseThrow(), table));
    }
}
