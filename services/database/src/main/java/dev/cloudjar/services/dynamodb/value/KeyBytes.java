package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.model.Blob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// The bytes of a key under which its item stands: they sort as DynamoDB sorts, so that a Query is a stretch of
/// a table.
///
/// In front stand four bytes that spread partitions about: a Scan follows them, and a segment of a parallel
/// Scan is a stretch of them.
public final class KeyBytes {
    private static final int SLOT = 4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(48);

    /// Begins with the slot of the partition whose key values are `hash`, and those values.
    public static KeyBytes partition(Iterable<Value.Scalar> hash) {
        var values = new KeyBytes();
        hash.forEach(values::add);
        byte[] bytes = values.out.toByteArray();
        var crc = new CRC32C();
        crc.update(bytes);
        var key = new KeyBytes();
        long slot = Integer.reverse((int) crc.getValue()) & 0xFFFFFFFFL;
        for (int shift = 24; shift >= 0; shift -= 8) {
            key.out.write((int) (slot >> shift));
        }
        key.out.writeBytes(bytes);
        return key;
    }

    /// Where segment `number` of `total` begins.
    public static Blob segment(long number, long total) {
        long slot = Math.floorDiv((number << 32) + total - 1, total);
        byte[] bytes = new byte[SLOT + 1];
        for (int i = 0; i <= SLOT; i++) {
            bytes[i] = (byte) (slot >> 8 * (SLOT - i));
        }
        // The first byte is only set by the end of the last segment, which is after everything.
        return bytes[0] == 0
                ? Blob.of(Arrays.copyOfRange(bytes, 1, SLOT + 1))
                : Blob.of(new byte[] {-1, -1, -1, -1, -1});
    }

    public KeyBytes add(Value.Scalar value) {
        switch (value) {
            case Value.S text -> {
                escaped(text.text().getBytes(StandardCharsets.UTF_8));
                end();
            }
            case Value.B binary -> {
                escaped(binary.bytes().bytes());
                end();
            }
            case Value.N number -> Numbers.order(number.text(), out);
        }
        return this;
    }

    /// Adds the beginning of a string or binary: all that begins with it sorts after it, and nothing between.
    public KeyBytes addPrefix(Value.Scalar value) {
        switch (value) {
            case Value.S text -> escaped(text.text().getBytes(StandardCharsets.UTF_8));
            case Value.B binary -> escaped(binary.bytes().bytes());
            case Value.N number -> throw new IllegalArgumentException("numbers have no beginnings: " + number);
        }
        return this;
    }

    public KeyBytes addAll(Blob more) {
        out.writeBytes(more.bytes());
        return this;
    }

    private void escaped(byte[] bytes) {
        for (byte b : bytes) {
            out.write(b);
            if (b == 0) {
                out.write(0xFF);
            }
        }
    }

    private void end() {
        out.write(0);
        out.write(1);
    }

    public Blob blob() {
        return Blob.of(out.toByteArray());
    }

    /// The first key after `key` itself.
    public static Blob after(Blob key) {
        return Blob.of(Arrays.copyOf(key.bytes(), key.size() + 1));
    }

    /// The first key after all that begin with `prefix`.
    public static Blob afterAll(Blob prefix) {
        byte[] bytes = prefix.bytes();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == -1) {
            length--;
        }
        byte[] next = Arrays.copyOf(bytes, Math.max(length, 1));
        next[next.length - 1]++;
        return length == 0 ? segment(1, 1) : Blob.of(next);
    }
}
