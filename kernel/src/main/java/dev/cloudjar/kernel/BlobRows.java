package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Blobs.Ref;
import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.kernel.store.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the store knows of blobs: how many times rows name each, and which are named by none. Kept in the
/// transactions that write and delete those rows, so that it is right whenever the process dies.
final class BlobRows {
    /// A blob and how many times it is named.
    record Named(String key, long size, long times) implements Row<String> {}

    /// A blob that no row names: one that has just arrived, or one to be collected.
    record Unused(String key) implements Row<String> {}

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

    /// Notes a blob that is about to be there, before its file is.
    void expect(Ref ref) {
        transactions.run(() -> !named.has(ref.sha256()) && unused.create(new Unused(ref.sha256())));
    }

    /// Counts what a row names, in the transaction that writes it in place of `before`.
    void replace(List<Ref> before, List<Ref> after) {
        after.forEach(ref -> count(ref, 1));
        before.forEach(ref -> count(ref, -1));
    }

    private void count(Ref ref, int more) {
        long times = named.find(ref.sha256()).map(Named::times).orElse(0L) + more;
        if (times > 0) {
            named.put(new Named(ref.sha256(), ref.size(), times));
            unused.remove(ref.sha256());
        } else {
            named.remove(ref.sha256());
            unused.put(new Unused(ref.sha256()));
        }
    }

    boolean isUnused(String sha256) {
        return transactions.run(() -> !named.has(sha256));
    }

    void forget(String sha256) {
        transactions.run(() -> unused.remove(sha256));
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
        List<String> known = new ArrayList<>();
        in(before).forEach(ref -> known.add(ref.sha256()));
        for (Tx.Cursor rows = before.under(UNUSED); rows.next(); ) {
            known.add(String.valueOf(Vocabulary.row(before, rows.value()).get("key")));
        }
        for (int from = 0; from < known.size(); from += 1000) {
            List<String> some = known.subList(from, Math.min(from + 1000, known.size()));
            transactions.run(() -> some.stream()
                    .filter(sha256 -> !named.has(sha256))
                    .map(sha256 -> unused.put(new Unused(sha256)))
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
