package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// Text for hashing, built as bytes. Belongs to one request.
final class ByteText {
    private byte[] bytes;
    private int size;

    ByteText(int capacity) {
        bytes = new byte[capacity];
    }

    ByteText add(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /// Adds characters as the bytes that came: one each, or UTF-8 for what cannot have been a byte.
    ByteText add(CharSequence text) {
        return add(text, 0, text.length());
    }

    ByteText add(CharSequence text, int from, int to) {
        room(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                return addUtf8(text.subSequence(i, to).toString());
            }
            bytes[size++] = (byte) c;
        }
        return this;
    }

    private ByteText addUtf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    byte[] sha256() {
        MessageDigest digest = Digests.sha256();
        digest.update(bytes, 0, size);
        return digest.digest();
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
