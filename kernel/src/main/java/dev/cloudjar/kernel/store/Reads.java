package dev.cloudjar.kernel.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The single keys that a transaction has read and what stood there, to be compared with what stands there later.
public final class Reads {
    private final byte[][] keys;
    private final @Nullable Object[] values;

    Reads(List<byte[]> keys, Tree tree) {
        this.keys = keys.toArray(byte[][]::new);
        this.values = new @Nullable Object[this.keys.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = tree.get(this.keys[i]);
        }
    }

    /// Whether all is as it was. A value that was written again is another, even where it is the same.
    boolean holdIn(Tree tree) {
        for (int i = 0; i < values.length; i++) {
            if (tree.get(keys[i]) != values[i]) {
                return false;
            }
        }
        return true;
    }
}
