package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keys as text and values as numbers or text, for tests of stores.
final class Rows {
    static final byte[] FIRST = {};
    static final byte[] LAST = {(byte) 0xFF};

    private Rows() {}

    static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static long number(byte @Nullable [] value) {
        return value == null ? 0 : ByteBuffer.wrap(value).getLong();
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void put(Store store, String key, long value) {
        store.transact(Store.Origin.NONE, tx -> {
            tx.put(key(key), number(value));
            return true;
        });
    }

    static long get(Store store, String key) {
        return store.transact(Store.Origin.NONE, tx -> number(tx.get(key(key))));
    }

    /// Everything in the store, values as text.
    static SequencedMap<String, String> all(Store store) {
        return store.transact(Store.Origin.NONE, tx -> {
            var all = new TreeMap<String, String>();
            for (Tx.Cursor rows = tx.range(FIRST, LAST, false); rows.next(); ) {
                all.put(text(rows.key()), text(rows.value()));
            }
            return all;
        });
    }
}
