package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/// The stretches of keys that a transaction has read: whoever changes, adds or removes a key within them has
/// changed what it saw.
final class Stretches {
    private final List<byte[]> starts = new ArrayList<>();
    private final List<byte[]> ends = new ArrayList<>();
    private final List<Walk> walks = new ArrayList<>();

    void addKey(byte[] key) {
        add(key, Keys.successor(key));
    }

    void add(byte[] from, byte[] to) {
        starts.add(from);
        ends.add(to);
    }

    /// A range that is read from one end on, perhaps not to the other.
    Walk walk(byte[] from, byte[] to, boolean descending) {
        var walk = new Walk(from, to, descending);
        walks.add(walk);
        return walk;
    }

    /// Takes note of how far walks have come, after the last of them.
    void close() {
        walks.forEach(Walk::close);
        walks.clear();
    }

    List<byte[]> starts() {
        return starts;
    }

    List<byte[]> ends() {
        return ends;
    }

    /// Whether one of `keys` lies within.
    boolean has(NavigableSet<byte[]> keys) {
        for (int i = 0; i < starts.size(); i++) {
            byte[] first = keys.ceiling(starts.get(i));
            if (first != null && Arrays.compareUnsigned(first, ends.get(i)) < 0) {
                return true;
            }
        }
        return false;
    }

    /// How far a range was followed.
    final class Walk {
        private final byte[] from;
        private final byte[] to;
        private final boolean descending;
        private byte @Nullable [] last;
        private boolean ended;

        private Walk(byte[] from, byte[] to, boolean descending) {
            this.from = from;
            this.to = to;
            this.descending = descending;
        }

        void saw(byte[] key) {
            last = key;
        }

        void sawEnd() {
            ended = true;
        }

        private void close() {
            if (ended) {
                add(from, to);
            } else if (last != null && descending) {
                add(last, to);
            } else if (last != null) {
                add(from, Keys.successor(last));
            }
        }
    }
}
