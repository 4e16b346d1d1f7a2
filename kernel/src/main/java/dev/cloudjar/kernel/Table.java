package dev.cloudjar.kernel;

import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.codec.RowCodec;
import dev.cloudjar.kernel.store.Keys;
import dev.cloudjar.kernel.store.Store.Watch;
import dev.cloudjar.kernel.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Rows of one type in the scope of the current call, ordered by key. Every access belongs to the call's
/// transaction.
public final class Table<K, V extends Row<K>> {
    private final Transactions transactions;
    private final Scope scope;
    private final RowCodec<V> codec;
    private final byte[] name;
    /// Counts the blobs that rows name, where rows name any.
    private final Optional<BlobRows> blobs;

    Table(Transactions transactions, String name, Class<V> rows, Scope scope) {
        this.transactions = transactions;
        this.scope = scope;
        this.codec = new RowCodec<>(rows);
        this.name = KeyCodec.encode(new byte[0], name, scope);
        this.blobs =
                Blobs.Holder.class.isAssignableFrom(rows) ? Optional.of(new BlobRows(transactions)) : Optional.empty();
    }

    public Optional<V> find(K key) {
        return transactions.in(tx -> Optional.ofNullable(tx.get(bytes(key))).map(bytes -> row(tx, bytes)));
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
            boolean free = tx.get(bytes(row.key())) == null;
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
                    action.accept(row(tx, cursor.value()));
                }
                return more;
            }
        };
        return StreamSupport.stream(rows, false);
    }

    /// How many rows `span` has, without reading them.
    public long count(Span span) {
        return transactions.in(tx -> tx.count(low(span), high(span)));
    }

    /// Calls `changed` after each commit that writes a row whose key begins with `leading`.
    public Watch watch(Runnable changed, Object... leading) {
        return transactions.store().watch(KeyCodec.encode(scope.prefix(name), leading), changed);
    }

    private V write(Tx tx, V row) {
        transactions.describe(tx, codec);
        byte[] key = bytes(row.key());
        if (blobs.isPresent()) {
            byte[] before = tx.get(key);
            blobs.get().replace(before == null ? List.of() : named(row(tx, before)), named(row));
        }
        tx.put(key, codec.encode(row));
        return row;
    }

    private void delete(Tx tx, V row) {
        blobs.ifPresent(counts -> counts.replace(named(row), List.of()));
        tx.delete(bytes(row.key()));
    }

    private List<Blobs.Ref> named(V row) {
        return row instanceof Blobs.Holder holder ? holder.blobs() : List.of();
    }

    private V row(Tx tx, byte[] bytes) {
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
