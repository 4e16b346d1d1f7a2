package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Ongoing;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All or nothing: TransactWriteItems and TransactGetItems.
///
/// Each runs in one serializable transaction, so the store would put them in order; those that meet on an item
/// are refused all the same, as AWS does it.
final class Transacts implements DynamoDb {
    private static final long LARGEST = 4L << 20;

    private final Tables tables;
    private final Items items;
    private final Reads reads;
    private final RequestTokens tokens;

    Transacts(Tables tables, Items items, Reads reads, RequestTokens tokens) {
        this.tables = tables;
        this.items = items;
        this.reads = reads;
        this.tokens = tokens;
    }

    @Override
    @OutsideTransaction
    public TransactWriteItemsOutput transactWriteItems(TransactWriteItemsInput in) {
        List<Named> drafts = in.transactItems().stream().map(Transacts::draft).toList();
        return items.conflicts().transact(in.clientRequestToken(), engaged -> write(drafts, in, engaged));
    }

    private TransactWriteItemsOutput write(
            List<Named> drafts, TransactWriteItemsInput in, Ongoing<Item.Key>.Work engaged) {
        boolean done = in.clientRequestToken()
                .filter(token -> tokens.isRepeated(token, in))
                .isPresent();
        Map<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
        Map<String, Consumption> consumed = done ? readAgain(drafts) : write(drafts, in, engaged, metrics);
        var out = new TransactWriteItemsOutput();
        Parameters.set(out, "ItemCollectionMetrics", metrics);
        var kind = done ? Consumption.Kind.TRANSACTED_READ : Consumption.Kind.TRANSACTED_WRITE;
        Parameters.set(out, "ConsumedCapacity", Batches.report(in, consumed, kind));
        return out;
    }

    /// A write, and what the request calls its table.
    private record Named(String name, Draft draft) {}

    private static Named draft(TransactWriteItem item) {
        List<Struct> actions = Stream.of(item.conditionCheck(), item.put(), item.delete(), item.update())
                .flatMap(Optional::stream)
                .map(Struct.class::cast)
                .toList();
        if (actions.size() != 1) {
            throw Refusals.invalid("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        Struct action = actions.getFirst();
        String name = Parameters.text(action, "TableName").orElseThrow();
        String table = TableNames.of(name);
        return new Named(
                name,
                switch (action) {
                    case Put put -> Draft.put(put, table);
                    case Update update -> Draft.update(update, table);
                    case Delete delete -> Draft.delete(delete, table);
                    default -> Draft.check(action, table);
                });
    }

    private Map<String, Consumption> write(
            List<Named> drafts,
            TransactWriteItemsInput in,
            Ongoing<Item.Key>.Work engaged,
            Map<String, List<ItemCollectionMetrics>> metrics) {
        Map<String, Consumption> consumed = new LinkedHashMap<>();
        List<DynamoTable> home =
                drafts.stream().map(each -> table(each.draft().tableName())).toList();
        var cancellation = new Cancellation();
        Set<Item.Key> seen = new HashSet<>();
        List<Optional<Write>> writes = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            DynamoTable table = home.get(i);
            Draft draft = drafts.get(i).draft();
            Optional<Write> write = cancellation.attempt(() -> draft.on(table));
            write.ifPresent(each -> checkOnce(seen, each));
            writes.add(write);
        }
        cancellation.check();
        run(drafts, writes.stream().flatMap(Optional::stream).toList(), engaged.take(seen), consumed);
        for (int i = 0; i < writes.size(); i++) {
            String name = drafts.get(i).name();
            writes.get(i)
                    .flatMap(write -> Writes.metrics(in, write))
                    .ifPresent(one -> metrics.computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(one));
        }
        consumed.values().forEach(each -> items.allowance().charge(each, Use.WRITE));
        return consumed;
    }

    /// The table for an action; those with strong consistency in many Regions take part in no transaction.
    private DynamoTable table(String name) {
        tables.strong().checkNot(name, "A transaction");
        return tables.forItems(name);
    }

    private void run(List<Named> drafts, List<Write> writes, Set<Item.Key> taken, Map<String, Consumption> consumed) {
        var cancellation = new Cancellation();
        long size = 0;
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            Optional<Write.Outcome> outcome = cancellation.attempt(() -> {
                if (taken.contains(write.item())) {
                    throw Conflicts.refusal();
                }
                return write.run(items);
            });
            size += outcome.map(each -> each.change().size()).orElse(0);
            String name = drafts.get(i).name();
            outcome.ifPresent(each -> consumed.merge(name, each.consumed(), Consumption::add));
        }
        cancellation.check();
        if (size > LARGEST) {
            throw Refusals.invalid("The total size of items in the transaction exceeds the limit of 4 MB");
        }
    }

    static void checkOnce(Set<Item.Key> seen, Write write) {
        if (!seen.add(write.item())) {
            throw Refusals.invalid("Transaction request cannot include multiple operations on one item");
        }
    }

    /// What it costs to find that a transaction was made before.
    private Map<String, Consumption> readAgain(List<Named> drafts) {
        Map<String, Consumption> consumed = new LinkedHashMap<>();
        for (Named each : drafts) {
            DynamoTable table = tables.forItems(each.draft().tableName());
            Write write = each.draft().on(table);
            int size = items.find(table, write.key()).map(Item::size).orElse(0);
            var read = new Consumption(table).add(Consumption.forRead(size, true));
            consumed.merge(each.name(), read, Consumption::add);
        }
        return consumed;
    }

    @Override
    public TransactGetItemsOutput transactGetItems(TransactGetItemsInput in) {
        List<Get> gets = in.transactItems().stream().map(TransactGetItem::get_).toList();
        List<Reads.Wanted> wanted = gets.stream()
                .map(get -> Reads.Wanted.of(get))
                .map(each -> new Reads.Wanted(each.key(), each.projection(), true, each.nested()))
                .toList();
        var cancellation = new Cancellation();
        Map<String, Consumption> consumed = new LinkedHashMap<>();
        List<ItemResponse> responses = new ArrayList<>();
        Set<Item.Key> seen = new HashSet<>();
        for (int i = 0; i < gets.size(); i++) {
            String name = gets.get(i).tableName();
            Reads.Wanted each = wanted.get(i);
            DynamoTable table = table(TableNames.of(name));
            cancellation.attempt(() -> find(table, each)).ifPresent(found -> {
                if (!seen.add(key(table, each))) {
                    throw Refusals.invalid("Transaction request cannot include multiple operations on one item");
                }
                consumed.merge(name, found.consumed(), Consumption::add);
                var response = new ItemResponse();
                found.shown().ifPresent(response::item);
                responses.add(response);
            });
        }
        cancellation.check();
        consumed.values().forEach(each -> items.allowance().charge(each, Use.READ));
        var out = new TransactGetItemsOutput().responses(responses);
        Parameters.set(out, "ConsumedCapacity", Batches.report(in, consumed, Consumption.Kind.TRANSACTED_READ));
        return out;
    }

    /// What is read, unless a transaction is at work on it.
    private Reads.Found find(DynamoTable table, Reads.Wanted wanted) {
        KeyChecks.checkKey(table.keys(), wanted.key());
        items.conflicts().check(key(table, wanted));
        return reads.find(table, wanted);
    }

    private static Item.Key key(DynamoTable table, Reads.Wanted wanted) {
        return new Item.Key(table.lot(), table.keys().bytes(wanted.key()).orElseThrow());
    }
}
