package dev.cloudjar.kernel.store;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A transaction that keeps its own changes to itself until it commits, and shows them upon what the store has.
public abstract class Overlay implements Tx {
    /// More changes than this in one transaction are refused: the others would wait for it.
    static final int MOST_CHANGES = 200_000;

    /// So are keys and values of more bytes.
    static final long MOST_BYTES = 256L << 20;

    private static final byte[] GONE = new byte[0];

    private final TreeMap<byte[], byte[]> changes = new TreeMap<>(Arrays::compareUnsigned);
    private final Deadline deadline;
    private long bytes;

    /// A transaction that has its time from now on.
    protected Overlay() {
        this(new Deadline(InstantSource.system(), Deadline.ALONE));
    }

    Overlay(Deadline deadline) {
        this.deadline = deadline;
    }

    /// What the store has at `key`.
    protected abstract byte @Nullable [] stored(byte[] key);

    /// What the store has from `from` to `to`.
    protected abstract Source stored(byte[] from, byte[] to, boolean descending);

    /// How many keys the store has from `from` to `to`.
    protected abstract long countStored(byte[] from, byte[] to);

    /// Entries of the store one after another.
    protected interface Source {
        boolean next();

        byte[] key();

        /// The value: bytes, or what stands for them in the heap.
        Object value();

        /// Told of each entry that the transaction has seen, by its key.
        default void saw(byte[] key) {}

        /// Told that the transaction has seen that there is no more.
        default void sawEnd() {}
    }

    /// The keys that were changed, each with its value, of which [#isGone] says whether it is one.
    protected final NavigableMap<byte[], byte[]> changes() {
        return changes;
    }

    protected static boolean isGone(byte[] value) {
        return value == GONE;
    }

    @Override
    public final byte @Nullable [] get(byte[] key) {
        deadline.step();
        if (!changes.isEmpty()) {
            byte[] changed = changes.get(key);
            if (changed != null) {
                return changed == GONE ? null : changed;
            }
        }
        return stored(key);
    }

    @Override
    public final void put(byte[] key, byte[] value) {
        change(key, value.length == 0 ? value.clone() : value);
    }

    @Override
    public final void delete(byte[] key) {
        change(key, GONE);
    }

    private void change(byte[] key, byte[] value) {
        deadline.step();
        byte[] before = changes.put(key, value);
        bytes += before == null ? key.length + value.length : value.length - before.length;
        if (changes.size() > MOST_CHANGES) {
            throw tooLarge(MOST_CHANGES + " rows");
        }
        if (bytes > MOST_BYTES) {
            throw tooLarge((MOST_BYTES >> 20) + " MiB");
        }
    }

    private static StoreException tooLarge(String most) {
        return new StoreException("A transaction may change at most " + most
                + " at once; this one has been undone. Ask for less at once.");
    }

    /// Refuses the transaction if it has taken too long.
    public final void checkTime() {
        deadline.check();
    }

    public final boolean readOnly() {
        return changes.isEmpty();
    }

    @Override
    public final Cursor range(byte[] from, byte[] to, boolean descending) {
        return new Merged(from, to, descending);
    }

    @Override
    public final long count(byte[] from, byte[] to) {
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return 0;
        }
        long count = countStored(from, to);
        for (Map.Entry<byte[], byte[]> change : changes.subMap(from, to).entrySet()) {
            boolean was = stored(change.getKey()) != null;
            boolean is = change.getValue() != GONE;
            count += (is ? 1 : 0) - (was ? 1 : 0);
        }
        return count;
    }

    /// The store's entries and the transaction's own changes, as one sequence.
    private final class Merged implements Cursor {
        private final byte[] from;
        private final byte[] to;
        private final boolean descending;
        private final Source stored;
        private boolean storedStands;
        private byte @Nullable [] key;
        private @Nullable Object value;

        Merged(byte[] from, byte[] to, boolean descending) {
            this.from = from;
            this.to = to;
            this.descending = descending;
            this.stored = stored(from, to, descending);
            this.storedStands = stored.next();
        }

        @Override
        public boolean next() {
            deadline.step();
            while (step()) {
                if (value != GONE) {
                    return true;
                }
            }
            stored.sawEnd();
            return false;
        }

        private boolean step() {
            Map.Entry<byte[], byte[]> own = changes.isEmpty() ? null : nextChange();
            int order = own == null ? -1 : storedStands ? Arrays.compareUnsigned(stored.key(), own.getKey()) : 1;
            if (descending && own != null && storedStands) {
                order = -order;
            }
            if (order <= 0 && !storedStands) {
                return false;
            }
            if (order <= 0) {
                take(stored.key(), order == 0 && own != null ? own.getValue() : stored.value());
                storedStands = stored.next();
            } else if (own != null) {
                take(own.getKey(), own.getValue());
            }
            return true;
        }

        private void take(byte[] taken, Object with) {
            key = taken;
            value = with;
            stored.saw(taken);
        }

        private Map.@Nullable Entry<byte[], byte[]> nextChange() {
            byte[] last = key;
            Map.Entry<byte[], byte[]> own = descending
                    ? changes.lowerEntry(last == null ? to : last)
                    : last == null ? changes.ceilingEntry(from) : changes.higherEntry(last);
            if (own == null) {
                return null;
            }
            boolean inside = descending
                    ? Arrays.compareUnsigned(own.getKey(), from) >= 0
                    : Arrays.compareUnsigned(own.getKey(), to) < 0;
            return inside ? own : null;
        }

        @Override
        public byte[] key() {
            return standing(key);
        }

        @Override
        public byte[] value() {
            return Large.bytes(standing(value));
        }

        private static <T> T standing(@Nullable T found) {
            if (found == null) {
                throw new IllegalStateException("the cursor stands nowhere");
            }
            return found;
        }
    }
}
