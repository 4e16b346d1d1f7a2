package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.ItemCodec;
import dev.cloudjar.services.dynamodb.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/// The log of what has changed in tables that are streamed or can be recovered: a row a change, numbered
/// without gaps in the order in which they were made. Streams show a day of it; recovery goes back along it.
public final class Changes {
    /// One change of the item under `item`; an image without attributes is an item that was not there.
    public record Change(Key key, Instant at, Blob item, Blob before, Blob after, boolean byService)
            implements Row<Change.Key> {
        /// The table's lot, and the change's own.
        public record Key(Lot table, long sequence) {}

        public Map<String, Value> old() {
            return ItemCodec.decode(before);
        }

        public Map<String, Value> fresh() {
            return ItemCodec.decode(after);
        }
    }

    /// How far the log of a table has come.
    record End(Lot key, long sequence) implements Row<Lot> {}

    private final Kernel kernel;
    private final Table<Change.Key, Change> changes;
    private final Table<Lot, End> ends;

    public Changes(Kernel kernel) {
        this.kernel = kernel;
        this.changes = kernel.table(Change.class, Scope.WORLD);
        this.ends = kernel.table(End.class, Scope.WORLD);
    }

    void log(DynamoTable table, Blob key, Items.Change change) {
        if (table.isLogged()) {
            long sequence = end(table.lot()) + 1;
            ends.put(new End(table.lot(), sequence));
            changes.put(new Change(
                    new Change.Key(table.lot(), sequence),
                    kernel.time().now(),
                    key,
                    ItemCodec.encode(change.before()),
                    ItemCodec.encode(change.after()),
                    false));
        }
    }

    /// The number of the last change of a table.
    long end(Lot table) {
        return ends.find(table).map(End::sequence).orElse(0L);
    }

    Stream<Change> from(Lot table, long sequence) {
        return changes.rows(Span.under(table).from(sequence));
    }
}
