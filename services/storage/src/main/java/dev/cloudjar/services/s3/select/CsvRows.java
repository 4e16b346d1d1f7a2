package dev.cloudjar.services.s3.select;

import dev.cloudjar.services.s3.select.CsvFormat.Marks;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of a CSV file.
public final class CsvRows implements Rows {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final ByteSource source;
    private final CsvFormat format;
    private final byte[] fieldMark;
    private final byte[] recordMark;
    private final int quote;
    private final int escape;
    private final int comment;
    private final long end;
    private List<String> headers = List.of();
    private byte[] field = new byte[256];
    private int length;
    private int recordLength;

    /// Records that begin before `end`, a place in `in`.
    public CsvRows(InputStream in, CsvFormat format, long end) throws IOException {
        this.source = new ByteSource(in);
        this.format = format;
        Marks marks = format.marks();
        this.fieldMark = Marks.bytes(marks.field());
        this.recordMark = Marks.bytes(marks.record());
        this.quote = Marks.single(marks.quote());
        this.escape = Marks.single(marks.escape());
        this.comment = Marks.single(marks.comment());
        this.end = end;
        source.take(BYTE_ORDER_MARK);
        if (!format.headers().equals(CsvFormat.NO_HEADERS)) {
            List<String> first = fields();
            if (first != null && format.headers().equals(CsvFormat.USE_HEADERS)) {
                headers = first;
            }
        }
    }

    /// The names with which the file begins, where they are used.
    public List<String> headers() {
        return headers;
    }

    /// Has the columns called so, where the names stand elsewhere.
    public CsvRows named(List<String> names) {
        headers = names;
        return this;
    }

    /// Leaves out what remains of the record that began before.
    public void skipRest() throws IOException {
        while (!source.take(recordMark)) {
            if (source.read() < 0) {
                return;
            }
        }
    }

    @Override
    public @Nullable Row next() throws IOException {
        List<String> fields = source.position() >= end ? null : fields();
        return fields == null ? null : new CsvRow(fields, headers);
    }

    /// The fields of the next record that has some, or null at the end.
    private @Nullable List<String> fields() throws IOException {
        while (true) {
            recordLength = 0;
            if (source.take(recordMark)) {
                continue;
            }
            int first = source.read();
            if (first < 0) {
                return null;
            }
            if (first == comment) {
                skipRest();
                continue;
            }
            return fields(first);
        }
    }

    private List<String> fields(int first) throws IOException {
        List<String> fields = new ArrayList<>(headers.size());
        int c = first;
        while (true) {
            length = 0;
            boolean more = c == quote ? quoted() : plain(c);
            fields.add(Utf8Text.of(field, length));
            if (!more) {
                return fields;
            }
            if (source.take(recordMark)) {
                fields.add("");
                return fields;
            }
            c = source.read();
            if (c < 0) {
                fields.add("");
                return fields;
            }
        }
    }

    /// Reads a field from `c` on; true where another follows.
    private boolean plain(int c) throws IOException {
        int at = c;
        if (fieldMark.length == 1 && at == (fieldMark[0] & 0xff)) {
            return true;
        }
        while (at >= 0) {
            add(at);
            if (source.take(fieldMark)) {
                return true;
            }
            if (source.take(recordMark)) {
                return false;
            }
            at = source.read();
        }
        return false;
    }

    private boolean quoted() throws IOException {
        while (true) {
            if (!format.quotedDelimiters() && source.isAt(recordMark)) {
                throw Fault.CSV_ESCAPING_RECORD_DELIMITER.error();
            }
            int c = source.read();
            if (c < 0) {
                throw Fault.CSV_PARSING.error();
            }
            if (c == escape && c != quote) {
                add(Math.max(source.read(), 0));
            } else if (c != quote) {
                add(c);
            } else if (escape == quote && source.isAt(new byte[] {(byte) quote})) {
                add(source.read());
            } else {
                return afterQuote();
            }
        }
    }

    /// What stands between a closing quote and the next mark belongs to the field.
    private boolean afterQuote() throws IOException {
        while (true) {
            if (source.take(fieldMark)) {
                return true;
            }
            if (source.take(recordMark)) {
                return false;
            }
            int c = source.read();
            if (c < 0) {
                return false;
            }
            add(c);
        }
    }

    private void add(int c) {
        if (++recordLength > LONGEST) {
            throw Fault.OVER_MAX_RECORD_SIZE.error();
        }
        if (length == field.length) {
            field = Arrays.copyOf(field, 2 * length);
        }
        field[length++] = (byte) c;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
