package dev.cloudjar.kernel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A transaction over one version of the tree: remembers what it read, to be compared at commit.
final class TreeTx extends Overlay {
    private record Range(byte[] from, byte[] to) {}

    private final Tree base;
    private final List<byte[]> points = new ArrayList<>();
    private final List<Range> ranges = new ArrayList<>();
    private boolean passing;

    TreeTx(Tree base, Deadline deadline) {
        super(deadline);
        this.base = base;
    }

    @Override
    protected byte @Nullable [] stored(byte[] key) {
        points.add(key);
        Object stored = base.get(key);
        return stored == null ? null : Large.bytes(stored);
    }

    @Override
    protected Source stored(byte[] from, byte[] to, boolean descending) {
        return new Remembered(from, to, descending);
    }

    @Override
    protected long countStored(byte[] from, byte[] to) {
        ranges.add(new Range(from, to));
        return base.rank(to) - base.rank(from);
    }

    @Override
    public Optional<Reads> reads() {
        boolean whole = readOnly() && ranges.isEmpty() && !passing;
        return whole ? Optional.of(new Reads(points, base)) : Optional.empty();
    }

    @Override
    public void passes() {
        passing = true;
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
        for (Map.Entry<byte[], byte[]> change : changes().entrySet()) {
            byte[] key = change.getKey();
            if (isGone(change.getValue())) {
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
        changes().keySet().forEach(each);
    }

    /// A walk that notes how far it was followed.
    private final class Remembered implements Source {
        private final byte[] from;
        private final byte[] to;
        private final boolean descending;
        private final Walk walk;
        private final int read;

        Remembered(byte[] from, byte[] to, boolean descending) {
            this.from = from;
            this.to = to;
            this.descending = descending;
            this.walk = base.walk(from, to, descending);
            this.read = ranges.size();
            ranges.add(new Range(from, from));
        }

        @Override
        public boolean next() {
            return walk.next();
        }

        @Override
        public byte[] key() {
            return walk.key();
        }

        @Override
        public Object value() {
            return walk.stored();
        }

        @Override
        public void saw(byte[] key) {
            ranges.set(read, descending ? new Range(key, to) : new Range(from, Keys.successor(key)));
        }

        @Override
        public void sawEnd() {
            ranges.set(read, new Range(from, to));
        }
    }
}
