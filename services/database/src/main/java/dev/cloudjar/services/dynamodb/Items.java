package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.value.ItemCodec;
import dev.cloudjar.services.dynamodb.value.KeyBytes;
import dev.cloudjar.services.dynamodb.value.Sizes;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The items of all tables and the entries of all indexes, each in the lot of its table or index. What is written
/// to a table is written to its indexes and to its log in the same transaction.
final class Items {
    /// Up to how many rows a size is counted exactly; beyond, it is estimated from so many.
    private static final int COUNTED = 1000;

    private static final int AT_ONCE = 1_000;
    private static final long LARGEST_COPY = 4L << 20;

    private final Shelf<DynamoTable> tables;
    private final Table<Item.Key, Item> rows;
    private final Changes changes;
    private final Expirations expirations;
    private final Contributions contributions;
    private final Allowance allowance;
    private final Conflicts conflicts;

    Items(Kernel kernel, Shelf<DynamoTable> tables, Changes changes) {
        this.tables = tables;
        this.rows = kernel.table(Item.class, Scope.WORLD);
        this.changes = changes;
        this.expirations = new Expirations(kernel, this::ended);
        this.contributions = new Contributions(kernel.meter());
        this.allowance = new Allowance(kernel.meter(), contributions);
        this.conflicts = new Conflicts(kernel);
    }

    Allowance allowance() {
        return allowance;
    }

    Contributions contributions() {
        return contributions;
    }

    Conflicts conflicts() {
        return conflicts;
    }

    /// The item under `key`, unless its time is over.
    Optional<Item> find(DynamoTable table, Blob key) {
        Optional<Item> item = rows.find(new Item.Key(table.lot(), key));
        return table.features().expiry().isEmpty() ? item : item.filter(each -> lives(table, each.values()));
    }

    /// Whether the time of an item is not over.
    boolean lives(DynamoTable table, Map<String, Value> item) {
        return table.features().expiry().isEmpty() || !expirations.isOver(table, item);
    }

    /// The item under `key`, to be changed. One whose time is over goes first, as if it had been taken away in
    /// time.
    Map<String, Value> claim(DynamoTable table, Blob key) {
        Map<String, Value> item =
                rows.find(new Item.Key(table.lot(), key)).map(Item::values).orElse(Map.of());
        if (item.isEmpty() || lives(table, item)) {
            return item;
        }
        writeHere(table, key, new Change(item, Map.of(), true));
        return Map.of();
    }

    private void ended(Expirations.Expiration end) {
        tables.find(end.table())
                .filter(table -> table.lot().equals(end.key().lot()))
                .ifPresent(table -> claim(table, end.key().item()));
    }

    /// Some items of a table in their order, and where those begin that follow, if there are any.
    record Some(List<Item> items, Optional<Blob> next) {}

    /// Items of a table from `from` on, no more of them than one transaction can well copy.
    Some some(DynamoTable table, Blob from) {
        List<Item> some = new ArrayList<>();
        Iterator<Item> rows = rows(table.lot(), new Range(from, KeyBytes.segment(1, 1)), false)
                .iterator();
        long size = 0;
        while (some.size() < AT_ONCE && size < LARGEST_COPY && rows.hasNext()) {
            Item item = rows.next();
            size += item.size();
            some.add(item);
        }
        return new Some(
                some,
                rows.hasNext() ? Optional.of(KeyBytes.after(some.getLast().key().bytes())) : Optional.empty());
    }

    /// Notes when items end that were there before their table had a time to live, from `from` on; where that
    /// has come to if there are more.
    Optional<Blob> noteEnds(DynamoTable table, Blob from) {
        Some some = some(table, from);
        some.items()
                .forEach(item -> expirations
                        .end(table, item.values())
                        .ifPresent(end -> expirations.note(table, item.key().bytes(), Optional.of(end))));
        return some.next();
    }

    /// Rows of a table or index from `low` on, up to before `high`.
    Stream<Item> rows(Lot owner, Range range, boolean descending) {
        Span span = Span.under(owner).from(range.low()).until(range.high());
        return rows.rows(descending ? span.reversed() : span);
    }

    /// A stretch of keys.
    record Range(Blob low, Blob high) {}

    Stream<Item> all(Lot owner) {
        return rows.rows(Span.under(owner));
    }

    long count(Lot owner) {
        return rows.count(Span.under(owner));
    }

    long bytes(Lot owner) {
        long count = count(owner);
        long counted = all(owner).limit(COUNTED).mapToLong(Item::size).sum();
        return count <= COUNTED ? counted : Math.round((double) counted * count / COUNTED);
    }

    /// One item before and after a change; without attributes where there is none.
    record Change(Map<String, Value> before, Map<String, Value> after, boolean byService) {
        Change(Map<String, Value> before, Map<String, Value> after) {
            this(before, after, false);
        }

        boolean isNone() {
            return before.equals(after);
        }

        int size() {
            return Math.max(Sizes.of(before), Sizes.of(after));
        }
    }

    /// Makes a change to the item under `key` in all regions of the table, and tells what it costs in this one.
    Consumption write(DynamoTable table, Blob key, Change change) {
        if (allowance.isKept()) {
            checkAllowance(table, change);
        }
        Consumption consumed = writeHere(table, key, change);
        allowance.charge(consumed, Use.WRITE);
        contributions.wrote(table, change, consumed);
        if (!change.isNone()) {
            table.features()
                    .replicas()
                    .forEach(region -> inRegion(region, table.id())
                            .ifPresent(replica -> there(region, () -> replicate(replica, key, change))));
        }
        return consumed;
    }

    private void checkAllowance(DynamoTable table, Change change) {
        Map<String, Value> item = change.after().isEmpty() ? change.before() : change.after();
        allowance.check(table, Use.WRITE, item);
        table.globalIndexes()
                .filter(index ->
                        !entry(table.keys(), index, change.before()).equals(entry(table.keys(), index, change.after())))
                .forEach(index -> allowance.check(table, index, Use.WRITE, item));
    }

    private static Map<String, Value> entry(Keys table, Index index, Map<String, Value> item) {
        return index.keys().bytes(item).isEmpty() ? Map.of() : index.entry(table, item);
    }

    private Consumption replicate(DynamoTable replica, Blob key, Change change) {
        return writeHere(replica, key, new Change(claim(replica, key), change.after(), change.byService()));
    }

    private Optional<DynamoTable> inRegion(String region, String name) {
        return there(region, () -> tables.find(name));
    }

    private static <R> R there(String region, ScopedValue.CallableOp<R, RuntimeException> work) {
        Call call = Call.current();
        return call.in(call.account(), region).run(work);
    }

    private Consumption writeHere(DynamoTable table, Blob key, Change change) {
        var consumed = new Consumption(table).add(Consumption.forWrite(change.size()));
        if (change.isNone()) {
            return consumed;
        }
        put(new Item.Key(table.lot(), key), change.after());
        for (Index index : table.indexes()) {
            write(table.keys(), index, key, change, consumed);
        }
        expirations.note(table, key, change);
        changes.log(table, key, change);
        return consumed;
    }

    private void write(Keys table, Index index, Blob key, Change change, Consumption consumed) {
        Optional<Blob> from = index.keys().bytes(change.before(), Optional.of(key));
        Optional<Blob> to = index.keys().bytes(change.after(), Optional.of(key));
        Map<String, Value> old = from.isEmpty() ? Map.of() : index.entry(table, change.before());
        Map<String, Value> fresh = to.isEmpty() ? Map.of() : index.entry(table, change.after());
        if (from.equals(to) && old.equals(fresh)) {
            return;
        }
        boolean moved = !from.equals(to);
        if (from.isPresent() && moved) {
            rows.remove(new Item.Key(index.lot(), from.get()));
            consumed.add(index, Consumption.forWrite(Sizes.of(old)));
        }
        if (to.isPresent()) {
            put(new Item.Key(index.lot(), to.get()), fresh);
            consumed.add(index, Consumption.forWrite(moved ? Sizes.of(fresh) : new Change(old, fresh).size()));
        }
    }

    private void put(Item.Key key, Map<String, Value> attributes) {
        if (attributes.isEmpty()) {
            rows.remove(key);
        } else {
            rows.put(new Item(key, Sizes.of(attributes), ItemCodec.encode(attributes)));
        }
    }

    /// Puts an item of an image into a table and its indexes.
    void put(DynamoTable table, Images.Entry entry) {
        Map<String, Value> values = entry.values();
        var item = new Item(new Item.Key(table.lot(), entry.key()), Sizes.of(values), entry.attributes());
        rows.put(item);
        table.indexes().forEach(index -> index(table, index, item));
    }

    /// Puts the entry of an item that the table already has into an index.
    void index(DynamoTable table, Index index, Item item) {
        Map<String, Value> values = item.values();
        index.keys()
                .bytes(values, Optional.of(item.key().bytes()))
                .ifPresent(bytes -> put(new Item.Key(index.lot(), bytes), index.entry(table.keys(), values)));
    }
}
