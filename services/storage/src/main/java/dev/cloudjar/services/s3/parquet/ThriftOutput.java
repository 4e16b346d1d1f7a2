package dev.cloudjar.services.s3.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes a structure in Thrift's compact protocol, its fields in the order of their numbers.
final class ThriftOutput {
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int SHORT_LIST = 15;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int last;

    private void field(int id, int type) {
        int step = id - last;
        if (step > 0 && step < 16) {
            out.write(step << 4 | type);
        } else {
            out.write(type);
            varint(zigzag(id));
        }
        last = id;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    ThriftOutput number(int id, int value) {
        field(id, I32);
        varint(zigzag(value));
        return this;
    }

    ThriftOutput number(int id, long value) {
        field(id, I64);
        varint(zigzag(value));
        return this;
    }

    ThriftOutput text(int id, String value) {
        field(id, BINARY);
        text(value);
        return this;
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    ThriftOutput struct(int id, ThriftOutput value) {
        field(id, STRUCT);
        out.writeBytes(value.bytes());
        return this;
    }

    ThriftOutput structs(int id, List<ThriftOutput> values) {
        list(id, values.size(), STRUCT);
        values.forEach(value -> out.writeBytes(value.bytes()));
        return this;
    }

    ThriftOutput numbers(int id, int... values) {
        list(id, values.length, I32);
        for (int value : values) {
            varint(zigzag(value));
        }
        return this;
    }

    ThriftOutput texts(int id, List<String> values) {
        list(id, values.size(), BINARY);
        values.forEach(this::text);
        return this;
    }

    private void list(int id, int size, int type) {
        field(id, LIST);
        out.write(Math.min(size, SHORT_LIST) << 4 | type);
        if (size >= SHORT_LIST) {
            varint(size);
        }
    }

    /// The structure as it stands, with the mark of its end.
    byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.write(0);
        return whole.toByteArray();
    }
}
