package dev.cloudjar.kernel.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing row of bytes. Whole numbers take as few bytes as they need.
final class Out {
    private byte[] bytes = new byte[128];
    private int end;

    void raw(byte[] more) {
        raw(more, 0, more.length);
    }

    /// The bytes of `more` from `start` to before `stop`.
    void raw(byte[] more, int start, int stop) {
        room(stop - start);
        System.arraycopy(more, start, bytes, end, stop - start);
        end += stop - start;
    }

    void one(int value) {
        room(1);
        bytes[end++] = (byte) value;
    }

    void number(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[end++] = (byte) rest;
    }

    void pair(long first, long second) {
        number(first);
        number(second);
    }

    void fixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[end++] = (byte) (value >> shift);
        }
    }

    void fixed(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            one(value >> shift);
        }
    }

    void block(byte[] block) {
        number(block.length);
        raw(block);
    }

    void text(String text) {
        block(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, end);
    }

    private void room(int more) {
        if (end + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more));
        }
    }
}
