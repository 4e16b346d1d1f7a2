package dev.cloudjar.services.s3.parquet;

import dev.cloudjar.services.s3.parquet.ParquetException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A structure in Thrift's compact protocol: its fields by their numbers.
record ThriftStruct(Map<Integer, Object> fields) {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int STRUCT = 12;

    static ThriftStruct read(ByteBuffer in) {
        Map<Integer, Object> fields = new HashMap<>();
        int id = 0;
        for (int head = in.get() & 0xff; head != 0; head = in.get() & 0xff) {
            int type = head & 0xf;
            id = head >> 4 == 0 ? (int) zigzag(in) : id + (head >> 4);
            fields.put(id, type == TRUE || type == FALSE ? (Object) (type == TRUE) : value(type, in));
        }
        return new ThriftStruct(fields);
    }

    private static Object value(int type, ByteBuffer in) {
        return switch (type) {
            case TRUE, FALSE -> in.get() == TRUE;
            case BYTE -> (long) in.get();
            case 4, 5, I64 -> zigzag(in);
            case DOUBLE -> in.order(java.nio.ByteOrder.LITTLE_ENDIAN).getDouble();
            case BINARY -> binary(in);
            case LIST, SET -> list(in);
            case STRUCT -> read(in);
            default -> throw new ParquetException(Reason.BROKEN);
        };
    }

    private static List<Object> list(ByteBuffer in) {
        int head = in.get() & 0xff;
        int size = head >> 4 == 0xf ? (int) varint(in) : head >> 4;
        List<Object> list = new ArrayList<>(Math.min(size, in.remaining()));
        for (int i = 0; i < size; i++) {
            list.add(value(head & 0xf, in));
        }
        return list;
    }

    private static byte[] binary(ByteBuffer in) {
        int length = (int) varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new ParquetException(Reason.BROKEN);
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ParquetException(Reason.BROKEN);
    }

    private static long zigzag(ByteBuffer in) {
        long value = varint(in);
        return value >>> 1 ^ -(value & 1);
    }

    boolean has(int id) {
        return fields.containsKey(id);
    }

    long number(int id, long otherwise) {
        return fields.get(id) instanceof Long number ? number : otherwise;
    }

    int number(int id) {
        return (int) number(id, 0);
    }

    boolean flag(int id, boolean otherwise) {
        return fields.get(id) instanceof Boolean flag ? flag : otherwise;
    }

    String text(int id) {
        return text(fields.get(id));
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
    }

    ThriftStruct struct(int id) {
        return fields.get(id) instanceof ThriftStruct struct ? struct : new ThriftStruct(Map.of());
    }

    Optional<ThriftStruct> optional(int id) {
        return has(id) ? Optional.of(struct(id)) : Optional.empty();
    }

    List<ThriftStruct> structs(int id) {
        return fields.get(id) instanceof List<?> list
                ? list.stream().map(ThriftStruct.class::cast).toList()
                : List.of();
    }

    List<String> texts(int id) {
        return fields.get(id) instanceof List<?> list
                ? list.stream().map(ThriftStruct::text).toList()
                : List.of();
    }
}
