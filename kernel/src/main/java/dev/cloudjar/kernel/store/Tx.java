package dev.cloudjar.kernel.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One transaction: a snapshot of the store with its own changes upon it. Used by one thread, gone when its body
/// ends.
///
/// Arrays that go in or come out are shared with the store: nobody may change them.
public interface Tx {
    /// The value of `key`, or null where there is none.
    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /// The entries from `from` (inclusive) to `to` (exclusive) in key order, or backwards from just below `to`.
    /// What a cursor passes counts as read. Changes made through this transaction while the cursor stands are not
    /// promised to show.
    Cursor range(byte[] from, byte[] to, boolean descending);

    /// The first entry from `from` (inclusive) to `to` (exclusive) that no other transaction is at work on, and
    /// that none will take from this one; where there is none, a cursor that stands nowhere.
    default Cursor claim(byte[] from, byte[] to) {
        return range(from, to, false);
    }

    /// How many keys lie from `from` (inclusive) to `to` (exclusive), in logarithmic time.
    long count(byte[] from, byte[] to);

    /// What was read, to be put to [Store#holds]; nothing where that were not the whole truth: the transaction
    /// has changed something, has read a range or what passes by itself, or the store cannot tell.
    default Optional<Reads> reads() {
        return Optional.empty();
    }

    /// Says that of what was read something will not be so for ever, though nobody changes it.
    default void passes() {}

    /// Entries one after another: call [#next] before the first.
    interface Cursor {
        boolean next();

        byte[] key();

        byte[] value();
    }
}
