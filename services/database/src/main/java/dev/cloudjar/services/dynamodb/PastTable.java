package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.Images.Entry;
import dev.cloudjar.services.dynamodb.value.KeyBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The items of a logged table as they were at one instant, some at a time and in a transaction each: what the
/// log says has changed since is taken back. Of what comes later nothing is held but the items that have changed.
final class PastTable implements Iterator<List<Entry>> {
    private static final Blob END = KeyBytes.segment(1, 1);

    private final Kernel kernel;
    private final Items items;
    private final Changes changes;
    private final DynamoTable table;
    private final Instant then;
    /// Changed items that are still to come, as they were.
    private final NavigableMap<Blob, Blob> before = new TreeMap<>();

    private Blob from = Blob.EMPTY;
    private Changes.Place read;

    PastTable(Kernel kernel, Items items, Changes changes, DynamoTable table, Instant then) {
        this.kernel = kernel;
        this.items = items;
        this.changes = changes;
        this.table = table;
        this.then = then;
        this.read = new Changes.Place(Changes.window(then), 0);
    }

    /// A table as it is held: of its changes from then on none is seen, whatever the clock said.
    PastTable(Kernel kernel, Items items, Changes changes, Pins.Pin pin) {
        this.kernel = kernel;
        this.items = items;
        this.changes = changes;
        this.table = pin.table();
        this.then = Instant.MIN;
        this.read = pin.from();
    }

    /// Items as they are now, up to which key they are all, how those were that have changed, and how far the log
    /// was read.
    private record Page(List<Entry> entries, Blob end, Map<Blob, Blob> before, Changes.Place read) {}

    @Override
    public boolean hasNext() {
        return from.compareTo(END) < 0;
    }

    @Override
    public List<Entry> next() {
        Page page = kernel.transact(this::page);
        page.before().forEach((key, attributes) -> {
            if (key.compareTo(from) >= 0) {
                before.putIfAbsent(key, attributes);
            }
        });
        List<Entry> was = new ArrayList<>(page.entries());
        was.removeIf(entry -> before.containsKey(entry.key()));
        Map<Blob, Blob> changed = before.headMap(page.end());
        changed.forEach((key, attributes) -> {
            var entry = new Entry(key, attributes);
            if (!entry.values().isEmpty()) {
                was.add(entry);
            }
        });
        changed.clear();
        from = page.end();
        read = page.read();
        return was;
    }

    private Page page() {
        Map<Blob, Blob> fresh = new HashMap<>();
        Changes.Place[] last = {read};
        changes.from(table.log(), read).forEach(change -> {
            last[0] = change.key().next();
            if (change.at().isAfter(then)) {
                fresh.putIfAbsent(change.item(), change.before());
            }
        });
        Items.Some some = items.some(table, from);
        List<Entry> entries = some.items().stream()
                .map(item -> new Entry(item.key().bytes(), item.attributes()))
                .toList();
        return new Page(entries, some.next().orElse(END), fresh, last[0]);
    }
}
