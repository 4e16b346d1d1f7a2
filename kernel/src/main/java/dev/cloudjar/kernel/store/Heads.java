package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What lies beside keys in order: the bytes with which all of them begin, and of each key the eight bytes behind
/// those. A search stays in this one short array, where it would read a key at every step, each of which is somewhere
/// else in memory.
///
/// The first number is how many bytes all begin with; then come these, eight to a number; then a number for each
/// key. Where a key has ended zeros take the place of its bytes, so numbers are never in another order than
/// their keys, but may be the same: then the keys themselves are compared.
final class Heads {
    private static final int BYTES = Long.BYTES;
    private static final int BLOCK = 8;

    private Heads() {}

    static long[] of(byte[][] keys) {
        int same = keys.length == 0 ? 0 : same(keys[0], keys[keys.length - 1]);
        int words = words(same);
        long[] heads = new long[1 + words + keys.length];
        heads[0] = same;
        for (int i = 0; i < words; i++) {
            heads[1 + i] = begin(keys[0], i, same);
        }
        for (int i = 0; i < keys.length; i++) {
            heads[1 + words + i] = head(keys[i], same);
        }
        return heads;
    }

    /// Where `key` stands among `keys`, or `-1 - where it belongs`.
    static int find(long[] heads, byte[][] keys, byte[] key) {
        int same = (int) heads[0];
        int words = words(same);
        int first = 1 + words;
        for (int i = 0; i < words; i++) {
            int order = Long.compareUnsigned(begin(key, i, same), heads[1 + i]);
            if (order != 0) {
                return order < 0 ? -1 : -1 - (heads.length - first);
            }
        }
        long wanted = head(key, same);
        int low = firstNotLess(heads, first, wanted);
        int high = low;
        while (high < heads.length && heads[high] == wanted) {
            high++;
        }
        return high == low ? -1 - (low - first) : among(keys, low - first, high - first, key);
    }

    /// The first head from `first` on that is not less than `wanted`. No load waits for what another one brings, so
    /// that a node that is not in the processor's cache costs one wait for memory and not one for each step.
    private static int firstNotLess(long[] heads, int first, long wanted) {
        int less = 0;
        for (int last = first + BLOCK - 1; last < heads.length; last += BLOCK) {
            less += heads[last] < wanted ? BLOCK : 0;
        }
        int at = first + less;
        while (at < heads.length && heads[at] < wanted) {
            at++;
        }
        return at;
    }

    /// Where `key` stands among the keys from `from` to before `to`, whose heads are its own.
    private static int among(byte[][] keys, int from, int to, byte[] key) {
        int low = from;
        int high = to - 1;
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

    /// The heads of `keys`, into which `keys[at]` came, given those from before.
    static long[] inserted(long[] heads, byte[][] keys, int at) {
        int same = (int) heads[0];
        int words = words(same);
        for (int i = 0; i < words; i++) {
            if (begin(keys[at], i, same) != heads[1 + i]) {
                return of(keys);
            }
        }
        int place = 1 + words + at;
        long[] grown = Arrays.copyOf(heads, heads.length + 1);
        System.arraycopy(heads, place, grown, place + 1, heads.length - place);
        grown[place] = head(keys[at], same);
        return grown;
    }

    /// The heads without that of key `at`.
    static long[] deleted(long[] heads, int at) {
        int place = 1 + words((int) heads[0]) + at;
        long[] left = Arrays.copyOf(heads, heads.length - 1);
        System.arraycopy(heads, place + 1, left, place, left.length - place);
        return left;
    }

    private static int same(byte[] first, byte[] last) {
        int at = Arrays.mismatch(first, last);
        return at < 0 ? first.length : at;
    }

    private static int words(int bytes) {
        return (bytes + BYTES - 1) / BYTES;
    }

    /// Number `i` of the first `same` bytes of `key`.
    private static long begin(byte[] key, int i, int same) {
        long word = word(key, i * BYTES);
        int surplus = (i + 1) * BYTES - same;
        return surplus <= 0 ? word : word & -1L << Byte.SIZE * surplus;
    }

    /// The bytes from `same` on as a number that compares as they do.
    private static long head(byte[] key, int same) {
        return word(key, same) ^ Long.MIN_VALUE;
    }

    private static long word(byte[] key, int from) {
        if (from + BYTES <= key.length) {
            return ByteBuffer.wrap(key).getLong(from);
        }
        long word = 0;
        for (int i = 0; i < BYTES; i++) {
            word = word << Byte.SIZE | (from + i < key.length ? key[from + i] & 0xFF : 0);
        }
        return word;
    }
}
