package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// When items end whose table has a time to live: a row for each, which the kernel takes away when its time has
/// come.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
final class Expirations {
    /// An item that ended longer ago than this is taken for one whose attribute means something else.
    private static final Duration LONGEST_AGO = Duration.ofDays(5 * 365);

    private static final long LATEST = Instant.MAX.getEpochSecond();

    /// The end of the item under `item` of a table.
    record Expiration(Key key, String table, Instant end) implements Expiring<Expiration.Key> {
        record Key(Lot lot, Blob item) {}

        @Override
        public Optional<Instant> until() {
            return Optional.of(end);
        }
    }

    private final Kernel kernel;
    private final Table<Expiration.Key, Expiration> rows;

    /// `ended` is told of each item whose time has come.
    Expirations(Kernel kernel, Consumer<Expiration> ended) {
        this.kernel = kernel;
        this.rows = kernel.table(Expiration.class, Scope.REGION, ended);
    }

    /// When `item` ends, if its table has it end at all.
    Optional<Instant> end(DynamoTable table, Map<String, Value> item) {
        return table.features()
                .expiry()
                .flatMap(name -> Optional.ofNullable(item.get(name)))
                .filter(value -> value instanceof Value.N)
                .map(value -> ((Value.N) value).decimal())
                .filter(second -> second.precision() - second.scale() < 17 && second.signum() > 0)
                .map(second -> second.longValue())
                .filter(second -> second <= LATEST)
                .map(Instant::ofEpochSecond)
                .filter(end -> end.isAfter(kernel.time().now().minus(LONGEST_AGO)));
    }

    boolean isOver(DynamoTable table, Map<String, Value> item) {
        return end(table, item)
                .filter(end -> !kernel.time().now().isBefore(end))
                .isPresent();
    }

    /// Notes the end of an item that has changed.
    void note(DynamoTable table, Blob key, Items.Change change) {
        if (table.features().expiry().isEmpty()) {
            return;
        }
        Optional<Instant> before = end(table, change.before());
        Optional<Instant> after = end(table, change.after());
        if (before.equals(after)) {
            return;
        }
        note(table, key, after);
    }

    void note(DynamoTable table, Blob key, Optional<Instant> end) {
        var at = new Expiration.Key(table.lot(), key);
        end.ifPresentOrElse(instant -> rows.put(new Expiration(at, table.id(), instant)), () -> rows.remove(at));
    }
}
