package dev.cloudjar.services.s3.parquet;

import dev.cloudjar.services.s3.parquet.ParquetColumn.Logical;
import dev.cloudjar.services.s3.parquet.ParquetColumn.Physical;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes a flat table as a Parquet file of one group of rows, each column a page of plain values packed by gzip.
public final class ParquetWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int GZIP = 2;
    private static final int PLAIN = 0;
    private static final int RLE = 3;

    private final List<ParquetColumn> columns;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<ThriftOutput> chunks = new ArrayList<>();
    private long unpacked;

    private ParquetWriter(List<ParquetColumn> columns) {
        this.columns = columns;
    }

    /// A column whose values are all there, or may be missing.
    public static ParquetColumn column(String name, Physical physical, boolean required) {
        boolean instant = name.endsWith("_date");
        int converted = physical == Physical.BYTE_ARRAY ? Logical.UTF8 : instant ? Logical.TIMESTAMP_MILLIS : -1;
        return new ParquetColumn(List.of(name), physical, new Logical(converted, 0, 0), required ? 0 : 1, 0);
    }

    /// The schema as Parquet's tools print it.
    public static String schema(String name, List<ParquetColumn> columns) {
        var text = new StringBuilder("message ").append(name).append(" {");
        for (ParquetColumn column : columns) {
            String type = column.physical() == Physical.BYTE_ARRAY
                    ? "binary"
                    : column.physical().name().toLowerCase(Locale.ROOT);
            text.append(column.depth() == 0 ? " required " : " optional ")
                    .append(type)
                    .append(' ')
                    .append(column.path().getFirst())
                    .append(
                            switch (column.logical().converted()) {
                                case Logical.UTF8 -> " (UTF8)";
                                case Logical.TIMESTAMP_MILLIS -> " (TIMESTAMP_MILLIS)";
                                default -> "";
                            })
                    .append(';');
        }
        return text.append(" }").toString();
    }

    /// A file of these rows, whose values are a `Boolean`, a `Long`, a `String` or null.
    public static byte[] write(String name, List<ParquetColumn> columns, List<List<@Nullable Object>> rows) {
        return new ParquetWriter(columns).file(name, rows);
    }

    private byte[] file(String name, List<List<@Nullable Object>> rows) {
        file.writeBytes(MAGIC);
        for (int i = 0; i < columns.size(); i++) {
            chunk(i, rows);
        }
        var group = new ThriftOutput().structs(1, chunks).number(2, unpacked).number(3, (long) rows.size());
        byte[] footer = new ThriftOutput()
                .number(1, 1)
                .structs(2, schema(name))
                .number(3, (long) rows.size())
                .structs(4, List.of(group))
                .text(6, "cloudjar")
                .bytes();
        file.writeBytes(footer);
        file.writeBytes(little(footer.length));
        file.writeBytes(MAGIC);
        return file.toByteArray();
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private List<ThriftOutput> schema(String name) {
        List<ThriftOutput> elements = new ArrayList<>();
        elements.add(new ThriftOutput().text(4, name).number(5, columns.size()));
        for (ParquetColumn column : columns) {
            var element = new ThriftOutput()
                    .number(1, column.physical().ordinal())
                    .number(3, column.depth())
                    .text(4, column.path().getFirst());
            int converted = column.logical().converted();
            elements.add(converted < 0 ? element : element.number(6, converted));
        }
        return elements;
    }

    private void chunk(int index, List<List<@Nullable Object>> rows) {
        ParquetColumn column = columns.get(index);
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(row.get(index)));
        byte[] plain = page(column, values);
        byte[] packed = packed(plain);
        byte[] head = new ThriftOutput()
                .number(1, 0)
                .number(2, plain.length)
                .number(3, packed.length)
                .struct(
                        5,
                        new ThriftOutput()
                                .number(1, values.size())
                                .number(2, PLAIN)
                                .number(3, RLE)
                                .number(4, RLE))
                .bytes();
        long offset = file.size();
        file.writeBytes(head);
        file.writeBytes(packed);
        unpacked += head.length + plain.length;
        chunks.add(new ThriftOutput()
                .number(2, offset)
                .struct(
                        3,
                        new ThriftOutput()
                                .number(1, column.physical().ordinal())
                                .numbers(2, PLAIN, RLE)
                                .texts(3, column.path())
                                .number(4, GZIP)
                                .number(5, (long) values.size())
                                .number(6, (long) head.length + plain.length)
                                .number(7, (long) head.length + packed.length)
                                .number(9, offset)));
    }

    private static byte[] packed(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] page(ParquetColumn column, List<@Nullable Object> values) {
        var page = new ByteArrayOutputStream();
        if (column.depth() > 0) {
            byte[] levels = bits(values.stream().map(value -> value != null).toList(), true);
            page.writeBytes(little(levels.length));
            page.writeBytes(levels);
        }
        if (column.physical() == Physical.BOOLEAN) {
            List<Boolean> there = new ArrayList<>();
            values.forEach(value -> {
                if (value instanceof Boolean flag) {
                    there.add(flag);
                }
            });
            page.writeBytes(bits(there, false));
            return page.toByteArray();
        }
        values.forEach(value -> {
            switch (value) {
                case null -> {}
                case Long number ->
                    page.writeBytes(ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(number)
                            .array());
                default -> {
                    byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
                    page.writeBytes(little(text.length));
                    page.writeBytes(text);
                }
            }
        });
        return page.toByteArray();
    }

    /// Flags as bits, the lowest of each byte first; `headed` by how many groups of eight there are.
    private static byte[] bits(List<Boolean> flags, boolean headed) {
        var out = new ByteArrayOutputStream();
        int groups = (flags.size() + 7) / 8;
        if (headed) {
            head(groups << 1 | 1, out);
        }
        for (int i = 0; i < groups; i++) {
            int bits = 0;
            for (int j = 8 * i; j < Math.min(flags.size(), 8 * i + 8); j++) {
                bits |= flags.get(j) ? 1 << j % 8 : 0;
            }
            out.write(bits);
        }
        return out.toByteArray();
    }

    private static void head(int value, ByteArrayOutputStream to) {
        int rest = value;
        while (rest > 0x7f) {
            to.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        to.write(rest);
    }
}
