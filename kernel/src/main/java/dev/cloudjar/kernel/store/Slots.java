package dev.cloudjar.kernel.store;

import java.util.Arrays;

/// Copies of arrays with one element more or less.
final class Slots {
    private Slots() {}

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
