package dev.cloudjar.kernel;

import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.codec.OriginCodec;
import dev.cloudjar.kernel.codec.RowCodec;
import dev.cloudjar.kernel.store.Keys;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.kernel.store.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Binds the transaction to the call, so that tables find it, and keeps the descriptions of rows beside them.
final class Transactions {
    static final byte[] DESCRIPTIONS = KeyCodec.encode(new byte[0], "kernel.rows");

    private static final byte[] SECRETS = KeyCodec.encode(new byte[0], "kernel.secrets", Scope.WORLD);
    private static final byte[] END = {(byte) 0xFF};
    private static final int AT_ONCE = 10_000;

    private final Store store;
    /// Whose description a transaction that was not refused has written or found.
    private final Set<Integer> described = ConcurrentHashMap.newKeySet();

    Transactions(Store store) {
        this.store = store;
    }

    Store store() {
        return store;
    }

    /// Runs `body` in the call's transaction, or in one of its own where the call has none.
    <R> R in(Function<Tx, R> body) {
        Call call = Call.current();
        return call.tx().map(body).orElseGet(() -> transact(call, body));
    }

    private <R> R transact(Call call, Function<Tx, R> body) {
        var afterwards = new ArrayList<Runnable>(1);
        Set<Integer> seen = new HashSet<>();
        R result = store.transact(() -> origin(call), tx -> {
            afterwards.clear();
            seen.clear();
            return call.within(new Call.Work(tx, afterwards, seen)).run(() -> body.apply(tx));
        });
        afterwards.forEach(Runnable::run);
        described.addAll(seen);
        return result;
    }

    <R> R run(Supplier<R> body) {
        return in(_ -> body.get());
    }

    /// The call's transaction; it is a mistake of ours to ask where there is none.
    Tx current() {
        return Call.current().tx().orElseThrow(() -> new IllegalStateException("rows are read in a transaction"));
    }

    /// Deletes some rows of any table but the kernel's own secrets and descriptions; false where none were left.
    boolean deleteSome() {
        return in(tx -> {
            Tx.Cursor all = tx.range(new byte[0], END, false);
            List<byte[]> keys = new ArrayList<>();
            while (keys.size() < AT_ONCE && all.next()) {
                if (!Keys.startsWith(all.key(), DESCRIPTIONS) && !Keys.startsWith(all.key(), SECRETS)) {
                    keys.add(all.key());
                }
            }
            keys.forEach(tx::delete);
            return !keys.isEmpty();
        });
    }

    private static byte[] origin(Call call) {
        Call.Request request = call.request();
        return OriginCodec.write(new OriginCodec.Origin(
                request.at(),
                request.id(),
                request.service(),
                request.operation(),
                call.principal().arn(),
                call.account(),
                call.region()));
    }

    /// Forgets what it knows of the store, in which other rows stand now.
    void forget() {
        described.clear();
    }

    /// Keeps what `before` knew of descriptions: other nodes, which do not know yet that other rows have taken
    /// the place of those, write no description twice.
    void inherit(Version before) {
        in(tx -> {
            for (Tx.Cursor rows = before.under(DESCRIPTIONS); rows.next(); ) {
                if (tx.get(rows.key()) == null) {
                    tx.put(rows.key(), rows.value());
                }
            }
            return before;
        });
    }

    /// Sees to it that the description of `codec` is in the store once a row of it is.
    void describe(Tx tx, RowCodec<?> codec) {
        if (!described.contains(codec.fingerprint())) {
            byte[] key = KeyCodec.encode(DESCRIPTIONS, codec.fingerprint());
            byte[] own = codec.description().getBytes(StandardCharsets.UTF_8);
            byte[] kept = tx.get(key);
            if (kept == null) {
                tx.put(key, own);
            } else if (!Arrays.equals(kept, own)) {
                throw new IllegalStateException("two descriptions share a fingerprint: " + codec.description());
            }
            Call.current().described(codec.fingerprint());
        }
    }

    String description(Tx tx, int fingerprint) {
        byte[] found = tx.get(KeyCodec.encode(DESCRIPTIONS, fingerprint));
        if (found == null) {
            throw new IllegalStateException("a stored row has no description: " + fingerprint);
        }
        return new String(found, StandardCharsets.UTF_8);
    }
}
