package dev.cloudjar.services.s3.orc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a flat table as an ORC file.
public final class OrcWriter {
    private static final String MAGIC = "ORC";
    private static final long EPOCH = Instant.parse("2015-01-01T00:00:00Z").getEpochSecond();
    private static final int STRUCT = 12;
    private static final int PRESENT = 0;
    private static final int DATA = 1;
    private static final int LENGTH = 2;
    private static final int SECONDARY = 5;

    /// What a column holds, by the format's number: a `Boolean`, a `Long`, a `String`, or a `Long` of
    /// milliseconds.
    public enum Type {
        BOOLEAN(0, "boolean"),
        BIGINT(4, "bigint"),
        STRING(7, "string"),
        TIMESTAMP(9, "timestamp");

        private final int number;
        private final String name;

        Type(int number, String name) {
            this.number = number;
            this.name = name;
        }
    }

    /// A column.
    public record Column(String name, Type type) {}

    private final List<Column> columns;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ProtobufOutput streams = new ProtobufOutput();

    private OrcWriter(List<Column> columns) {
        this.columns = columns;
    }

    /// `struct<bucket:string,key:string>`.
    public static String schema(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + ':' + column.type().name)
                .collect(java.util.stream.Collectors.joining(",", "struct<", ">"));
    }

    /// A file of these rows, whose values may be null.
    public static byte[] write(List<Column> columns, List<List<@Nullable Object>> rows) {
        return new OrcWriter(columns).file(rows);
    }

    private byte[] file(List<List<@Nullable Object>> rows) {
        for (int i = 0; i < columns.size(); i++) {
            column(i, rows);
        }
        for (int i = 0; i <= columns.size(); i++) {
            streams.message(2, new ProtobufOutput().number(1, 0));
        }
        byte[] stripeFooter = streams.text(3, "UTC").bytes();
        var footer = new ProtobufOutput()
                .number(1, MAGIC.length())
                .number(2, (long) MAGIC.length() + data.size() + stripeFooter.length)
                .message(
                        3,
                        new ProtobufOutput()
                                .number(1, MAGIC.length())
                                .number(2, 0)
                                .number(3, data.size())
                                .number(4, stripeFooter.length)
                                .number(5, rows.size()));
        types(footer);
        byte[] end = footer.number(6, rows.size()).number(8, 0).bytes();
        byte[] postscript = new ProtobufOutput()
                .number(1, end.length)
                .number(2, 0)
                .numbers(4, List.of(0, 11))
                .number(5, 0)
                .number(6, 1)
                .text(8000, MAGIC)
                .bytes();
        var file = new ByteArrayOutputStream();
        file.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(data.toByteArray());
        file.writeBytes(stripeFooter);
        file.writeBytes(end);
        file.writeBytes(postscript);
        file.write(postscript.length);
        return file.toByteArray();
    }

    private void types(ProtobufOutput footer) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
            numbers.add(i);
        }
        var root = new ProtobufOutput().number(1, STRUCT).numbers(2, numbers);
        columns.forEach(column -> root.text(3, column.name()));
        footer.message(4, root);
        columns.forEach(column -> footer.message(4, new ProtobufOutput().number(1, column.type().number)));
    }

    private void stream(int kind, int column, byte[] bytes) {
        streams.message(
                1, new ProtobufOutput().number(1, kind).number(2, column).number(3, bytes.length));
        data.writeBytes(bytes);
    }

    /// Writes which values are there, and those.
    private void column(int index, List<List<@Nullable Object>> rows) {
        List<Boolean> present = new ArrayList<>(rows.size());
        List<Object> values = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            Object value = row.get(index);
            present.add(value != null);
            if (value != null) {
                values.add(value);
            }
        }
        int number = index + 1;
        stream(PRESENT, number, RunLengths.flags(present));
        switch (columns.get(index).type()) {
            case BOOLEAN ->
                stream(
                        DATA,
                        number,
                        RunLengths.flags(
                                values.stream().map(Boolean.class::cast).toList()));
            case BIGINT -> stream(DATA, number, RunLengths.numbers(numbers(values), true));
            case STRING -> texts(number, values);
            case TIMESTAMP -> instants(number, numbers(values));
        }
    }

    private static List<Long> numbers(List<Object> values) {
        return values.stream().map(Long.class::cast).toList();
    }

    private void texts(int number, List<Object> values) {
        var all = new ByteArrayOutputStream();
        List<Long> lengths = new ArrayList<>(values.size());
        for (Object value : values) {
            byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
            lengths.add((long) text.length);
            all.writeBytes(text);
        }
        stream(DATA, number, all.toByteArray());
        stream(LENGTH, number, RunLengths.numbers(lengths, false));
    }

    /// Seconds since 2015, and nanoseconds without their trailing zeros, which the last three bits count: six of
    /// them, one less than which is five.
    private void instants(int number, List<Long> millis) {
        stream(
                DATA,
                number,
                RunLengths.numbers(
                        millis.stream()
                                .map(each -> Math.floorDiv(each, 1000) - EPOCH)
                                .toList(),
                        true));
        stream(
                SECONDARY,
                number,
                RunLengths.numbers(
                        millis.stream()
                                .map(each -> Math.floorMod(each, 1000L))
                                .map(rest -> rest == 0 ? 0L : rest << 3 | 5)
                                .toList(),
                        false));
    }
}
