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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The log of what has changed in tables that are streamed or can be recovered: a row a change, numbered in the
/// order in which they were made. Streams show a day of it; recovery goes back along it.
///
/// It is cut into windows of four hours, after each of which a stream has a new shard.
final class Changes {
    static final String TRIM = "trim-changes";
    static final String FORGET = "forget-changes";
    static final Duration STREAMED = Duration.ofHours(24);
    static final long WINDOW = Duration.ofHours(4).toSeconds();

    private static final int TRIMMED_AT_ONCE = 2_000;

    /// One change of the item under `item`; an image without attributes is an item that was not there.
    record Change(Key key, Instant at, Blob item, Blob before, Blob after, boolean byService)
            implements Row<Change.Key> {
        /// The lot of the table's log, the window, and the change's own number.
        record Key(Lot table, long window, long sequence) {
            /// Where what comes after it begins.
            Place next() {
                return new Place(window, sequence + 1);
            }
        }

        Map<String, Value> old() {
            return ItemCodec.decode(before);
        }

        Map<String, Value> fresh() {
            return ItemCodec.decode(after);
        }
    }

    /// A place in the log of a table.
    record Place(long window, long sequence) {}

    /// How far the log of a table has come.
    record End(Lot key, long window, long sequence) implements Row<Lot> {
        static End none(Lot table) {
            return new End(table, 0, 0);
        }
    }

    private final Kernel kernel;
    private final Table<Change.Key, Change> changes;
    private final Table<Lot, End> ends;

    Changes(Kernel kernel) {
        this.kernel = kernel;
        this.changes = kernel.table(Change.class, Scope.WORLD);
        this.ends = kernel.table(End.class, Scope.WORLD);
    }

    static long window(Instant at) {
        return at.getEpochSecond() / WINDOW;
    }

    /// Notes a change of a table that is logged. The clock may have been moved back: the log never goes back.
    void log(DynamoTable table, Blob key, Items.Change change) {
        if (!table.isLogged()) {
            return;
        }
        Instant now = kernel.time().now();
        End last = end(table.log());
        var next = new End(table.log(), Math.max(window(now), last.window()), last.sequence() + 1);
        ends.put(next);
        if (next.window() > last.window()) {
            trimLater(table, next.window());
        }
        changes.put(new Change(
                new Change.Key(table.log(), next.window(), next.sequence()),
                now,
                key,
                ItemCodec.encode(change.before()),
                ItemCodec.encode(change.after()),
                change.byService()));
    }

    private void trimLater(DynamoTable table, long window) {
        Duration kept = table.features()
                .recovery()
                .map(recovery -> Duration.ofDays(recovery.days()))
                .orElse(STREAMED);
        Instant end = Instant.ofEpochSecond((window + 1) * WINDOW).plus(kept);
        kernel.agenda()
                .at(
                        end,
                        DynamoDbService.ID,
                        TRIM,
                        table.log().number() + "/" + table.log().emptied() + "/" + window);
    }

    /// Has the log of a table that is gone go once its stream is over, too.
    void forgetLater(DynamoTable table) {
        kernel.agenda()
                .at(
                        kernel.time().now().plus(STREAMED),
                        DynamoDbService.ID,
                        FORGET,
                        table.log().number() + "/" + table.log().emptied());
    }

    void forget(String subject) {
        String[] parts = subject.split("/", 2);
        kernel.drop(new Lot(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
    }

    /// Forgets a window of a table's log.
    void trim(String subject) {
        String[] parts = subject.split("/", 3);
        var lot = new Lot(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
        List<Change.Key> keys = changes.rows(Span.under(lot, Long.parseLong(parts[2])))
                .limit(TRIMMED_AT_ONCE)
                .map(Change::key)
                .toList();
        keys.forEach(changes::remove);
        if (keys.size() == TRIMMED_AT_ONCE) {
            kernel.agenda().at(kernel.time().now(), DynamoDbService.ID, TRIM, subject);
        }
    }

    /// The last change of a table.
    End end(Lot table) {
        return ends.find(table).orElseGet(() -> End.none(table));
    }

    /// The changes of a window from `sequence` on.
    Stream<Change> in(Lot table, long window, long sequence) {
        return changes.rows(Span.under(table, window).from(sequence));
    }

    Optional<Change> last(Lot table, long window) {
        return changes.rows(Span.under(table, window).reversed()).findFirst();
    }

    /// All changes from `place` on.
    Stream<Change> from(Lot table, Place place) {
        return Stream.concat(in(table, place.window(), place.sequence()), since(table, place.window() + 1, false));
    }

    Change get(Change.Key key) {
        return changes.find(key).orElseThrow(() -> new IllegalStateException("the log has lost " + key));
    }

    /// The changes of all windows from `window` on, or, `backwards`, down to it.
    Stream<Change> since(Lot table, long window, boolean backwards) {
        Span span = Span.under(table).from(window);
        return changes.rows(backwards ? span.reversed() : span);
    }
}
