package dev.cloudjar.kernel.store;

import java.util.Arrays;

/// Sorted arrays: where a key stands, and copies with one element more or less.
final class Slots {
    private Slots() {}

    /// Where `key` stands among `keys`, or `-1 - where it belongs`. The JDK's own search would call a comparator.
    static int find(byte[][] keys, byte[] key) {
        int low = 0;
        int high = keys.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(keys[middle], key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    static <T> T[] insert(T[] from, int at, T added) {
        T[] to = Arrays.copyOf(from, from.length + 1);
        System.arraycopy(from, at, to, at + 1, from.length - at);
        to[at] = added;
        return to;
    }

    static <T> T[] delete(T[] from, int at) {
        T[] to = Arrays.copyOf(from, from.length - 1);
        System.arraycopy(from, at + 1, to, at, to.length - at);
        return to;
    }

    static <T> T[] concat(T[] left, T[] right) {
        T[] to = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, to, left.length, right.length);
        return to;
    }
}
