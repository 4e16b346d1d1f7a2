package dev.cloudjar.kernel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A transaction over one version of the tree: remembers what it read, to be compared at commit.
final class TreeTx extends Overlay {
    /// A stretch of keys that was read.
    private interface Read {
        boolean isSame(Tree before, Tree now);
    }

    private final Tree base;
    private final List<byte[]> points = new ArrayList<>();
    private final List<Read> ranges = new ArrayList<>();

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
        ranges.add((before, now) -> before.sameRange(now, from, to));
        return base.rank(to) - base.rank(from);
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
        for (Read range : ranges) {
            if (!range.isSame(base, now)) {
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
    private final class Remembered implements Source, Read {
        private final byte[] from;
        private final byte[] to;
        private final boolean descending;
        private final Walk walk;
        private byte @Nullable [] last;
        private boolean ended;

        Remembered(byte[] from, byte[] to, boolean descending) {
            this.from = from;
            this.to = to;
            this.descending = descending;
            this.walk = base.walk(from, to, descending);
            ranges.add(this);
        }

        @Override
        public boolean isSame(Tree before, Tree now) {
            if (ended) {
                return before.sameRange(now, from, to);
            }
            return last == null
                    || (descending
                            ? before.sameRange(now, last, to)
                            : before.sameRange(now, from, Keys.successor(last)));
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
            last = key;
        }

        @Override
        public void sawEnd() {
            ended = true;
        }
    }
}
