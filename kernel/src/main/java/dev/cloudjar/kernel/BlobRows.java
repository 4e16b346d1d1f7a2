package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Blobs.Ref;
import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.kernel.store.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the store knows of blobs: how many times rows name each, and which are named by none. Kept in the
/// transactions that write and delete those rows, so that it is right whenever the process dies.
final class BlobRows {
    /// A blob and how many times it is named.
    record Named(String key, long size, long times) implements Row<String> {}

    /// A blob that no row names: one that has just arrived, or one to be collected. One that is `doomed` is being
    /// deleted, and cannot be named any more.
    record Unused(String key, boolean doomed) implements Row<String> {
        Unused(String key) {
            this(key, false);
        }
    }

    private static final byte[] NAMED = KeyCodec.encode(new byte[0], "kernel.blobs", Scope.WORLD);
    private static final byte[] UNUSED = KeyCodec.encode(new byte[0], "kernel.blobs.unused", Scope.WORLD);

    private final Transactions transactions;
    private final Table<String, Named> named;
    private final Table<String, Unused> unused;

    BlobRows(Transactions transactions) {
        this.transactions = transactions;
        this.named = new Table<>(transactions, "kernel.blobs", Named.class, Scope.WORLD);
        this.unused = new Table<>(transactions, "kernel.blobs.unused", Unused.class, Scope.WORLD);
    }

    /// Notes a blob that is about to be there, before its file is; false while somebody is deleting it.
    boolean expect(Ref ref) {
        return transactions.run(() -> {
            if (named.has(ref.sha256())) {
                return true;
            }
            Optional<Unused> there = unused.find(ref.sha256());
            return there.isPresent() ? !there.get().doomed() : unused.create(new Unused(ref.sha256()));
        });
    }

    /// Counts what a row names, in the transaction that writes it in place of `before`.
    void replace(List<Ref> before, List<Ref> after) {
        after.forEach(ref -> count(ref, 1));
        before.forEach(ref -> count(ref, -1));
    }

    private void count(Ref ref, int more) {
        long before = named.find(ref.sha256()).map(Named::times).orElse(0L);
        long times = before + more;
        if (times > 0) {
            if (before == 0 && !unused.removeIf(ref.sha256(), waiting -> !waiting.doomed())) {
                throw new StoreException("What was uploaded has been collected as unused meanwhile; send it again.");
            }
            named.put(new Named(ref.sha256(), ref.size(), times));
        } else {
            named.remove(ref.sha256());
            unused.put(new Unused(ref.sha256()));
        }
    }

    /// Notes that the file of a blob is about to be deleted, unless a row names it.
    boolean doom(String sha256) {
        return transactions.run(() -> {
            boolean free = !named.has(sha256);
            if (free) {
                unused.put(new Unused(sha256, true));
            }
            return free;
        });
    }

    /// Spares what is doomed, where nobody else is who might be deleting it: a process that was killed was.
    boolean spareDoomed() {
        return transactions.run(() -> {
            List<Unused> doomed = unused.rows(Span.ALL).filter(Unused::doomed).toList();
            doomed.forEach(blob -> unused.put(new Unused(blob.key())));
            return !doomed.isEmpty();
        });
    }

    void forget(String sha256) {
        transactions.run(() -> unused.removeIf(sha256, Unused::doomed));
    }

    /// The blobs that the rows of `version` name.
    static List<Ref> in(Version version) {
        List<Ref> refs = new ArrayList<>();
        for (Tx.Cursor rows = version.under(NAMED); rows.next(); ) {
            Map<String, @Nullable Object> row = Vocabulary.row(version, rows.value());
            refs.add(new Ref(
                    String.valueOf(row.get("key")), ((Number) Objects.requireNonNull(row.get("size"))).longValue()));
        }
        return refs;
    }

    /// Notes as unused what `before` knew of and the present does not, after it has taken the place of `before`.
    void inherit(Version before) {
        List<Unused> known = new ArrayList<>();
        in(before).forEach(ref -> known.add(new Unused(ref.sha256())));
        for (Tx.Cursor rows = before.under(UNUSED); rows.next(); ) {
            Map<String, @Nullable Object> row = Vocabulary.row(before, rows.value());
            known.add(new Unused(String.valueOf(row.get("key")), Boolean.TRUE.equals(row.get("doomed"))));
        }
        for (int from = 0; from < known.size(); from += 1000) {
            List<Unused> some = known.subList(from, Math.min(from + 1000, known.size()));
            transactions.run(() -> some.stream()
                    .filter(blob -> !named.has(blob.key()))
                    .map(unused::put)
                    .count());
        }
    }

    /// Some blobs that no row names.
    List<String> unused(int most) {
        return transactions.run(
                () -> unused.rows(Span.ALL).limit(most).map(Unused::key).toList());
    }

    /// The blobs that rows name, after `last` in the order of their names.
    List<Ref> named(String last, int most) {
        return transactions.run(() -> {
            Stream<Named> after =
                    named.rows(Span.ALL.from(last)).filter(blob -> !blob.key().equals(last));
            return after.limit(most)
                    .map(blob -> new Ref(blob.key(), blob.size()))
                    .toList();
        });
    }
}
