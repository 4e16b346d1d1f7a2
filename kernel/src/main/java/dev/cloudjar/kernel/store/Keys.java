package dev.cloudjar.kernel.store;

import java.util.Arrays;

/// Arithmetic on keys, which compare as unsigned bytes.
public final class Keys {
    private Keys() {}

    /// The first key that does not begin with `prefix`: the exclusive end of its range. All bytes 0xFF have none,
    /// and no key of ours begins so.
    public static byte[] after(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] end = Arrays.copyOf(prefix, i + 1);
                end[i]++;
                return end;
            }
        }
        throw new IllegalArgumentException("no key follows this prefix");
    }

    /// The smallest key greater than `key`.
    public static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    public static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.mismatch(key, 0, prefix.length, prefix, 0, prefix.length) < 0;
    }
}
