package dev.cloudjar.kernel;

import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.codec.RowCodec;
import dev.cloudjar.kernel.store.Keys;
import dev.cloudjar.kernel.store.Store.Watch;
import dev.cloudjar.kernel.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Rows of one type in the scope of the current call, ordered by key. Every access belongs to the call's
/// transaction. Rows that are [Expiring] and over are not there.
public final class Table<K, V extends Row<K>> {
    private final Transactions transactions;
    private final String title;
    private final Scope scope;
    private final RowCodec<V> codec;
    private final byte[] name;
    private final Optional<Ends<V>> ends;
    private final boolean inLots;
    private final List<Follower<V>> followers;
    private final Optional<Recall<V>> recall;

    /// What the kernel keeps beside rows of some types, told of each change of a row in the transaction of that
    /// change.
    private interface Follower<V> {
        void changed(byte[] key, Optional<V> before, Optional<V> after);
    }

    /// Where the ends of expiring rows are noted, and who is told of one that is over.
    private record Ends<V>(Expiry expiry, Optional<Consumer<V>> owner) {}

    /// A table of the kernel's own.
    Table(Transactions transactions, String name, Class<V> rows, Scope scope) {
        this(transactions, name, rows, scope, Optional.empty());
    }

    private Table(Transactions transactions, String name, Class<V> rows, Scope scope, Optional<Ends<V>> ends) {
        this.transactions = transactions;
        this.title = name;
        this.scope = scope;
        this.codec = new RowCodec<>(rows);
        this.name = KeyCodec.encode(new byte[0], name, scope);
        this.ends = ends;
        this.inLots = KeyCodec.beginsWith(rows, Lot.class);
        this.followers = followers(rows);
        this.recall = Resource.class.isAssignableFrom(rows) ? Optional.of(new Recall<>()) : Optional.empty();
    }

    /// A table of a service; `owner` is told of each row that expires, in the transaction that removes it.
    static <K, V extends Row<K>> Table<K, V> of(
            World world, String name, Class<V> rows, Scope scope, Optional<Consumer<V>> owner) {
        Optional<Ends<V>> ends = Expiring.class.isAssignableFrom(rows)
                ? Optional.of(new Ends<>(world.expiry(), owner))
                : Optional.empty();
        return world.tables().add(new Table<>(world.transactions(), name, rows, scope, ends));
    }

    String name() {
        return title;
    }

    boolean isInLots() {
        return inLots;
    }

    boolean tellsOwner() {
        return ends.flatMap(Ends::owner).isPresent();
    }

    public Optional<V> find(K key) {
        return transactions.in(tx -> row(tx, bytes(key))).filter(this::lives);
    }

    private boolean lives(V row) {
        return ends.isEmpty() || ((Expiring<?>) row).livesAt(ends.get().expiry().now());
    }

    public boolean has(K key) {
        return find(key).isPresent();
    }

    /// Writes `row`, over the one that has its key if there is one.
    public V put(V row) {
        return transactions.in(tx -> write(tx, row));
    }

    /// Writes `row` unless there is one with its key; false where there is.
    public boolean create(V row) {
        return transactions.in(tx -> {
            boolean free = ends.isPresent() ? find(row.key()).isEmpty() : tx.get(bytes(row.key())) == null;
            if (free) {
                write(tx, row);
            }
            return free;
        });
    }

    /// The row changed, or nothing where it is not there. A change may give the row another key.
    public Optional<V> update(K key, UnaryOperator<V> change) {
        return updateIf(key, _ -> true, change);
    }

    /// The row changed, or nothing where it is not there or `when` refuses it.
    public Optional<V> updateIf(K key, Predicate<V> when, UnaryOperator<V> change) {
        return transactions.in(tx -> find(key).filter(when).map(row -> {
            V changed = change.apply(row);
            if (!changed.key().equals(key)) {
                delete(tx, row);
            }
            return write(tx, changed);
        }));
    }

    /// Removes the row; false where there is none.
    public boolean remove(K key) {
        return removeIf(key, _ -> true);
    }

    public boolean removeIf(K key, Predicate<V> when) {
        return transactions.in(tx -> {
            Optional<V> there = find(key).filter(when);
            there.ifPresent(row -> delete(tx, row));
            return there.isPresent();
        });
    }

    /// The rows of `span` in order, read as the stream is; it must be used up within the transaction.
    public Stream<V> rows(Span span) {
        Tx tx = transactions.current();
        Tx.Cursor cursor = tx.range(low(span), high(span), span.descending());
        var rows = new Spliterators.AbstractSpliterator<V>(Long.MAX_VALUE, 0) {
            @Override
            public boolean tryAdvance(Consumer<? super V> action) {
                boolean more = cursor.next();
                if (more) {
                    action.accept(decoded(tx, cursor.value()));
                }
                return more;
            }
        };
        Stream<V> all = StreamSupport.stream(rows, false);
        return ends.isPresent() ? all.filter(this::lives) : all;
    }

    /// Whether the row is there and no other transaction, such as one of another node, is at work on it.
    boolean claim(K key) {
        byte[] bytes = bytes(key);
        return transactions.current().claim(bytes, Keys.successor(bytes)).next();
    }

    /// How many rows `span` has, without reading them.
    public long count(Span span) {
        return transactions.in(tx -> tx.count(low(span), high(span)) - over(tx, low(span), high(span)));
    }

    /// How many rows from `low` to `high` are over and have not been swept away yet.
    private long over(Tx tx, byte[] low, byte[] high) {
        return ends.stream()
                .flatMap(e -> e.expiry().over(title).stream())
                .filter(key -> Arrays.compareUnsigned(low, key) <= 0 && Arrays.compareUnsigned(key, high) < 0)
                .filter(key -> tx.get(key) != null)
                .count();
    }

    /// Removes the first `most` rows whose keys begin with `leading`; answers how many. They are read only where
    /// something is kept beside them.
    int clear(int most, Object... leading) {
        return transactions.in(tx -> {
            Span span = Span.under(leading);
            Tx.Cursor cursor = tx.range(low(span), high(span), false);
            List<byte[]> keys = new ArrayList<>();
            while (keys.size() < most && cursor.next()) {
                keys.add(cursor.key());
            }
            if (followers.isEmpty()) {
                keys.forEach(tx::delete);
            } else {
                keys.forEach(key -> row(tx, key).ifPresent(row -> delete(tx, row)));
            }
            return keys.size();
        });
    }

    /// Removes the row at `key`, whose time is over, and tells the owner; false where it was not there any more.
    boolean expire(byte[] key) {
        return transactions.in(tx -> {
            Optional<V> over = row(tx, key);
            over.ifPresent(row -> {
                delete(tx, row);
                ends.flatMap(Ends::owner).ifPresent(owner -> owner.accept(row));
            });
            return over.isPresent();
        });
    }

    /// Calls `changed` after each commit that writes a row whose key begins with `leading`.
    public Watch watch(Runnable changed, Object... leading) {
        return transactions.store().watch(KeyCodec.encode(scope.prefix(name), leading), changed);
    }

    private V write(Tx tx, V row) {
        byte[] key = bytes(row.key());
        transactions.describe(tx, codec);
        if (!followers.isEmpty()) {
            Optional<V> before = row(tx, key);
            followers.forEach(follower -> follower.changed(key, before, Optional.of(row)));
        }
        tx.put(key, codec.encode(row));
        return row;
    }

    private void delete(Tx tx, V row) {
        byte[] key = bytes(row.key());
        followers.forEach(follower -> follower.changed(key, Optional.of(row), Optional.empty()));
        tx.delete(key);
    }

    private List<Follower<V>> followers(Class<V> rows) {
        var all = new ArrayList<Follower<V>>();
        ends.ifPresent(e -> all.add((key, before, after) ->
                noteEnd(e.expiry(), key, before.flatMap(Table::end), after.flatMap(Table::end))));
        if (Blobs.Holder.class.isAssignableFrom(rows)) {
            var counts = new BlobRows(transactions);
            all.add((_, before, after) -> counts.replace(blobs(before), blobs(after)));
        }
        return List.copyOf(all);
    }

    private void noteEnd(Expiry expiry, byte[] key, Optional<Instant> before, Optional<Instant> after) {
        if (!before.equals(after)) {
            before.ifPresent(at -> expiry.remove(title, at, key));
            after.ifPresent(at -> expiry.add(title, at, key));
        }
    }

    private static Optional<Instant> end(Row<?> row) {
        return ((Expiring<?>) row).until();
    }

    private static List<Blobs.Ref> blobs(Optional<? extends Row<?>> row) {
        return row.map(holder -> ((Blobs.Holder) holder).blobs()).orElse(List.of());
    }

    private Optional<V> row(Tx tx, byte[] key) {
        byte[] bytes = tx.get(key);
        if (bytes == null) {
            return Optional.empty();
        }
        return Optional.of(
                recall.isPresent() ? recall.get().row(key, bytes, found -> decoded(tx, found)) : decoded(tx, bytes));
    }

    private V decoded(Tx tx, byte[] bytes) {
        return codec.decode(bytes, fingerprint -> transactions.description(tx, fingerprint));
    }

    private byte[] bytes(K key) {
        return KeyCodec.encode(scope.prefix(name), key);
    }

    private byte[] low(Span span) {
        byte[] prefix = KeyCodec.encode(scope.prefix(name), span.leading().toArray());
        return span.low().map(low -> KeyCodec.encode(prefix, low)).orElse(prefix);
    }

    private byte[] high(Span span) {
        byte[] prefix = KeyCodec.encode(scope.prefix(name), span.leading().toArray());
        return span.high().map(high -> KeyCodec.encode(prefix, high)).orElseGet(() -> Keys.after(prefix));
    }
}
