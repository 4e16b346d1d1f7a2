package dev.cloudjar.services.s3.parquet;

import dev.cloudjar.services.s3.parquet.ParquetColumn.Logical;
import dev.cloudjar.services.s3.parquet.ParquetColumn.Physical;
import dev.cloudjar.services.s3.parquet.ParquetException.Reason;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Parquet file, read a group of rows at a time and of that only the columns that are asked for.
public final class ParquetFile {
    private static final int MAGIC = 0x31524150;
    private static final int TAIL = 8;
    private static final int LARGEST = 512 << 20;

    /// Where the bytes of the file are.
    public interface Source {
        long size();

        byte[] read(long offset, int length) throws IOException;
    }

    private final Source source;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final List<ThriftStruct> groups;

    private ParquetFile(Source source, ThriftStruct footer) {
        this.source = source;
        Iterator<ThriftStruct> schema = footer.structs(2).iterator();
        add(schema.next().number(5), List.of(), 0, 0, schema);
        this.groups = footer.structs(4);
    }

    public static ParquetFile open(Source source) throws IOException {
        if (source.size() < TAIL + 4) {
            throw new ParquetException(Reason.BROKEN);
        }
        ByteBuffer tail = little(source.read(source.size() - TAIL, TAIL));
        int length = tail.getInt();
        if (tail.getInt() != MAGIC || length <= 0 || length > source.size() - TAIL) {
            throw new ParquetException(Reason.BROKEN);
        }
        byte[] footer = source.read(source.size() - TAIL - length, length);
        return whole(() -> new ParquetFile(source, ThriftStruct.read(ByteBuffer.wrap(footer))));
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private interface Read<R> {
        R get() throws IOException;
    }

    /// What ends too early, or leads astray, is broken.
    private static <R> R whole(Read<R> read) throws IOException {
        try {
            return read.get();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | java.util.NoSuchElementException broken) {
            throw new ParquetException(Reason.BROKEN);
        }
    }

    /// Adds the columns beneath so many elements of the schema, which follow their parents.
    private void add(int children, List<String> above, int depth, int repetition, Iterator<ThriftStruct> schema) {
        for (int i = 0; i < children; i++) {
            ThriftStruct element = schema.next();
            List<String> path = new ArrayList<>(above);
            path.add(element.text(4));
            int deeper = depth + (element.number(3) == 0 ? 0 : 1);
            int repeated = repetition + (element.number(3) == 2 ? 1 : 0);
            if (element.number(5) > 0) {
                add(element.number(5), path, deeper, repeated, schema);
            } else {
                var logical = new Logical((int) element.number(6, -1), element.number(7), element.number(2));
                columns.add(new ParquetColumn(path, Physical.values()[element.number(1)], logical, deeper, repeated));
            }
        }
    }

    public List<ParquetColumn> columns() {
        return columns;
    }

    public int groups() {
        return groups.size();
    }

    public int rows(int group) {
        return (int) groups.get(group).number(3, 0);
    }

    /// The values of a column in a group of rows; what is missing is null.
    public List<@Nullable Object> values(int group, int column) throws IOException {
        ThriftStruct chunk = groups.get(group).structs(1).get(column).struct(3);
        if (columns.get(column).repetition() > 0) {
            throw new ParquetException(Reason.TYPE);
        }
        long from = chunk.has(11) && chunk.number(11, 0) > 0
                ? Math.min(chunk.number(11, 0), chunk.number(9, 0))
                : chunk.number(9, 0);
        long length = chunk.number(7, 0);
        if (length > LARGEST || from < 0 || from + length > source.size()) {
            throw new ParquetException(Reason.BROKEN);
        }
        byte[] bytes = source.read(from, (int) length);
        return whole(() -> new ColumnReader(columns.get(column), chunk.number(4)).read(bytes, rows(group)));
    }
}
