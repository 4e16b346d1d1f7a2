package dev.cloudjar.services.s3.orc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes a message of Protocol Buffers, field by field.
final class ProtobufOutput {
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtobufOutput number(int field, long value) {
        varint(out, (long) field << 3 | VARINT);
        varint(out, value);
        return this;
    }

    ProtobufOutput text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtobufOutput message(int field, ProtobufOutput value) {
        return bytes(field, value.bytes());
    }

    ProtobufOutput numbers(int field, List<Integer> values) {
        var packed = new ByteArrayOutputStream();
        values.forEach(value -> varint(packed, value));
        return bytes(field, packed.toByteArray());
    }

    private ProtobufOutput bytes(int field, byte[] value) {
        varint(out, (long) field << 3 | BYTES);
        varint(out, value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /// A number in groups of seven bits, the lowest first.
    static void varint(ByteArrayOutputStream to, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }
}
