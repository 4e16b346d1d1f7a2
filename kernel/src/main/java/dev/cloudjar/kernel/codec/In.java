package dev.cloudjar.kernel.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [Out] wrote.
final class In {
    private final byte[] bytes;
    private int at;

    In(byte[] bytes) {
        this.bytes = bytes;
    }

    int one() {
        return bytes[at++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
    }

    int fixedInt() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | one();
        }
        return value;
    }

    long fixedLong() {
        return (long) fixedInt() << 32 | fixedInt() & 0xFFFFFFFFL;
    }

    byte[] block() {
        int length = (int) number();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text() {
        int length = (int) number();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }
}
