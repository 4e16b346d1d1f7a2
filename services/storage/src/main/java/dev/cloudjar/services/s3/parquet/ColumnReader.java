package dev.cloudjar.services.s3.parquet;

import dev.cloudjar.services.s3.parquet.ParquetException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads the pages of one column of one group of rows.
final class ColumnReader {
    private static final int DATA = 0;
    private static final int DICTIONARY = 2;
    private static final int DATA_V2 = 3;
    private static final int PLAIN = 0;
    private static final int PLAIN_DICTIONARY = 2;
    private static final int RLE = 3;
    private static final int RLE_DICTIONARY = 8;

    private final ParquetColumn column;
    private final PlainValues plain;
    private final int codec;
    private List<Object> dictionary = List.of();

    ColumnReader(ParquetColumn column, int codec) {
        this.column = column;
        this.plain = new PlainValues(column);
        this.codec = codec;
    }

    List<@Nullable Object> read(byte[] chunk, int rows) throws IOException {
        List<@Nullable Object> values = new ArrayList<>(rows);
        ByteBuffer in = ByteBuffer.wrap(chunk);
        while (values.size() < rows) {
            ThriftStruct page = ThriftStruct.read(in);
            byte[] body = new byte[page.number(3)];
            in.get(body);
            switch (page.number(1)) {
                case DICTIONARY -> {
                    ByteBuffer bytes = ParquetFile.little(unpacked(body, page.number(2)));
                    int count = page.struct(7).number(1);
                    dictionary = new ArrayList<>(count);
                    for (int i = 0; i < count; i++) {
                        dictionary.add(plain.next(bytes));
                    }
                }
                case DATA -> {
                    ThriftStruct head = page.struct(5);
                    ByteBuffer bytes = ParquetFile.little(unpacked(body, page.number(2)));
                    add(values, head.number(1), head.number(2), levels(bytes), bytes);
                }
                case DATA_V2 -> second(values, page, body);
                default -> {}
            }
        }
        return values;
    }

    private @Nullable Hybrid levels(ByteBuffer bytes) {
        if (column.depth() == 0) {
            return null;
        }
        int length = bytes.getInt();
        ByteBuffer levels = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return new Hybrid(levels, Hybrid.width(column.depth()));
    }

    /// A page of the second version: its levels are not packed and stand before the values.
    private void second(List<@Nullable Object> values, ThriftStruct page, byte[] body) throws IOException {
        ThriftStruct head = page.struct(8);
        int length = head.number(5) + head.number(6);
        var levels = column.depth() == 0
                ? null
                : new Hybrid(ByteBuffer.wrap(body, head.number(6), head.number(5)), Hybrid.width(column.depth()));
        byte[] rest = Arrays.copyOfRange(body, length, body.length);
        byte[] open = head.flag(7, true) ? unpacked(rest, page.number(2) - length) : rest;
        add(values, head.number(1), head.number(4), levels, ParquetFile.little(open));
    }

    private void add(
            List<@Nullable Object> values, int count, int encoding, @Nullable Hybrid levels, ByteBuffer bytes) {
        Hybrid indices = indices(encoding, bytes);
        for (int i = 0; i < count; i++) {
            boolean there = levels == null || levels.next() == column.depth();
            values.add(there ? value(encoding, indices, bytes) : null);
        }
    }

    private @Nullable Hybrid indices(int encoding, ByteBuffer bytes) {
        return switch (encoding) {
            case PLAIN -> {
                plain.begin();
                yield null;
            }
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> new Hybrid(bytes, bytes.hasRemaining() ? bytes.get() : 0);
            case RLE -> {
                bytes.getInt();
                yield new Hybrid(bytes, 1);
            }
            default -> throw new ParquetException(Reason.TYPE);
        };
    }

    private Object value(int encoding, @Nullable Hybrid indices, ByteBuffer bytes) {
        if (indices == null) {
            return plain.next(bytes);
        }
        return encoding == RLE ? (Object) (indices.next() == 1) : dictionary.get(indices.next());
    }

    private byte[] unpacked(byte[] body, int size) throws IOException {
        return switch (codec) {
            case 0 -> body;
            case 1 -> Snappy.unpacked(body, size);
            case 2 -> new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            default -> throw new ParquetException(Reason.CODEC);
        };
    }
}
