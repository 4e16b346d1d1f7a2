package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.ItemCodec;
import dev.cloudjar.services.dynamodb.value.Sizes;
import dev.cloudjar.services.dynamodb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All items of a table as they were at one instant: taken from the table and its log, kept as a file, and put
/// into another table. Everything here runs outside a transaction.
final class Images {
    private static final int AT_ONCE = 1_000;

    private final Kernel kernel;
    private final Items items;
    private final Changes changes;

    Images(Kernel kernel, Items items, Changes changes) {
        this.kernel = kernel;
        this.items = items;
        this.changes = changes;
    }

    /// An item of an image: its key, and its attributes.
    record Entry(Blob key, Blob attributes) {
        int size() {
            return Sizes.of(values());
        }

        Map<String, Value> values() {
            return ItemCodec.decode(attributes);
        }
    }

    /// The items that a table has as it is held, some at a time.
    Iterator<List<Entry>> of(Pins.Pin pin) {
        return new PastTable(kernel, items, changes, pin);
    }

    /// The items that the table had at `then`, some at a time: what has changed since is taken back.
    Iterator<List<Entry>> at(DynamoTable table, Instant then) {
        return new PastTable(kernel, items, changes, table, then);
    }

    /// What became of an item between two instants: as it was first and last, without attributes where it was not
    /// there.
    record Change(Map<String, Value> before, Map<String, Value> after, Map<String, Value> key, Instant at) {}

    /// The first and the last change of an item within a time.
    private record Net(Changes.Change.Key first, Changes.Change.Key last) {}

    /// What has changed from `from` on and before `to`, some items at a time.
    Iterator<List<Change>> between(DynamoTable table, Instant from, Instant to) {
        List<Net> nets = kernel.transact(() -> {
            Map<Blob, Net> net = new LinkedHashMap<>();
            changes.since(table.log(), Changes.window(from), false)
                    .filter(change -> !change.at().isBefore(from) && change.at().isBefore(to))
                    .forEach(change -> net.merge(
                            change.item(),
                            new Net(change.key(), change.key()),
                            (earlier, later) -> new Net(earlier.first(), later.last())));
            return List.copyOf(net.values());
        });
        return pages(nets.size())
                .map(page -> kernel.transact(() -> nets.subList(page.from(), page.to()).stream()
                        .map(net -> of(table, net))
                        .toList()))
                .iterator();
    }

    /// A stretch of a list.
    private record Page(int from, int to) {}

    private static Stream<Page> pages(int size) {
        return IntStream.iterate(0, from -> from < size, from -> from + AT_ONCE)
                .mapToObj(from -> new Page(from, Math.min(from + AT_ONCE, size)));
    }

    private Change of(DynamoTable table, Net net) {
        Map<String, Value> old = changes.get(net.first()).old();
        Changes.Change last = changes.get(net.last());
        Map<String, Value> fresh = last.fresh();
        return new Change(old, fresh, table.keys().of(fresh.isEmpty() ? old : fresh), last.at());
    }

    /// Keeps an image as a file.
    Blobs.Arrival keep(ImageFile image) {
        try (var all = new SequenceInputStream(image)) {
            return kernel.blobs().put(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts the image that was kept into a table that nobody sees yet.
    void fill(DynamoTable table, Blobs.Ref kept) {
        try (InputStream in = kernel.blobs().open(kept, 0, kept.size()).open()) {
            ImageFile.read(in, kept.size(), some -> fill(table, some));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts an image into a table that nobody sees yet, page by page.
    void fill(DynamoTable table, Iterator<List<Entry>> image) {
        image.forEachRemaining(some -> fill(table, some));
    }

    void fill(DynamoTable table, List<Entry> image) {
        pages(image.size())
                .map(page -> image.subList(page.from(), page.to()))
                .forEach(some -> kernel.transact(() -> {
                    some.forEach(entry -> items.put(table, entry));
                    return some;
                }));
    }
}
