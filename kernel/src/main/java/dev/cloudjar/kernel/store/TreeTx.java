package dev.cloudjar.kernel.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A transaction over one version of the tree: remembers what it read, to be compared at commit, and what it
/// changed.
final class TreeTx implements Tx {
    /// More changes than this in one transaction are refused: the journal record would hold up everybody else.
    static final int MOST_CHANGES = 200_000;

    private static final byte[] GONE = new byte[0];

    private record Range(byte[] from, byte[] to) {}

    private final Tree base;
    private final List<byte[]> points = new ArrayList<>();
    private final List<Range> ranges = new ArrayList<>();
    private final TreeMap<byte[], byte[]> changes = new TreeMap<>(Arrays::compareUnsigned);

    TreeTx(Tree base) {
        this.base = base;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        if (!changes.isEmpty()) {
            byte[] changed = changes.get(key);
            if (changed != null) {
                return changed == GONE ? null : changed;
            }
        }
        points.add(key);
        Object stored = base.get(key);
        return stored == null ? null : Large.bytes(stored);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        changes.put(key, value.length == 0 ? value.clone() : value);
        check();
    }

    @Override
    public void delete(byte[] key) {
        changes.put(key, GONE);
        check();
    }

    private void check() {
        if (changes.size() > MOST_CHANGES) {
            throw new StoreException("a transaction may change at most " + MOST_CHANGES + " rows");
        }
    }

    @Override
    public Cursor range(byte[] from, byte[] to, boolean descending) {
        return new Merged(from, to, descending);
    }

    @Override
    public long count(byte[] from, byte[] to) {
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return 0;
        }
        ranges.add(new Range(from, to));
        long count = base.rank(to) - base.rank(from);
        for (Map.Entry<byte[], byte[]> change : changes.subMap(from, to).entrySet()) {
            boolean was = base.get(change.getKey()) != null;
            boolean is = change.getValue() != GONE;
            count += (is ? 1 : 0) - (was ? 1 : 0);
        }
        return count;
    }

    boolean readOnly() {
        return changes.isEmpty();
    }

    /// Whether all that was read is the same in `now`: the transaction could as well have run there.
    boolean holdsIn(Tree now) {
        if (now == base) {
            return true;
        }
        for (byte[] key : points) {
            if (base.get(key) != now.get(key)) {
                return false;
            }
        }
        for (Range range : ranges) {
            if (!base.sameRange(now, range.from(), range.to())) {
                return false;
            }
        }
        return true;
    }

    /// `tree` with the changes made here, each also given to `effects`.
    Tree applyTo(Tree tree, Effects effects) {
        Tree changed = tree;
        for (Map.Entry<byte[], byte[]> change : changes.entrySet()) {
            byte[] key = change.getKey();
            if (change.getValue() == GONE) {
                changed = changed.remove(key);
                effects.deleted(key);
            } else {
                changed = changed.put(key, effects.put(key, change.getValue()));
            }
        }
        return changed;
    }

    /// Tells of every key that was changed.
    void forEachChange(Consumer<byte[]> each) {
        changes.keySet().forEach(each);
    }

    /// The snapshot's entries and the transaction's own changes, as one sequence.
    private final class Merged implements Cursor {
        private final byte[] from;
        private final byte[] to;
        private final boolean descending;
        private final Walk stored;
        private final int read;
        private boolean storedStands;
        private byte @Nullable [] key;
        private @Nullable Object value;

        Merged(byte[] from, byte[] to, boolean descending) {
            this.from = from;
            this.to = to;
            this.descending = descending;
            this.stored = base.walk(from, to, descending);
            this.read = ranges.size();
            ranges.add(new Range(from, from));
            this.storedStands = stored.next();
        }

        @Override
        public boolean next() {
            while (step()) {
                if (value != GONE) {
                    return true;
                }
            }
            ranges.set(read, new Range(from, to));
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
                take(stored.key(), order == 0 && own != null ? own.getValue() : stored.stored());
                storedStands = stored.next();
            } else if (own != null) {
                take(own.getKey(), own.getValue());
            }
            return true;
        }

        private void take(byte[] taken, Object with) {
            key = taken;
            value = with;
            ranges.set(read, descending ? new Range(taken, to) : new Range(from, Keys.successor(taken)));
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
