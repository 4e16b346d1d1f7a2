package dev.cloudjar.services.s3.select;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A query at work on the records of an object.
public final class Selection implements AutoCloseable {
    private final Query query;
    private final Rows rows;
    private final OutputFormat format;
    private long answered;
    private boolean ended;

    public Selection(Query query, Rows rows, OutputFormat format) {
        this.query = query;
        this.rows = rows;
        this.format = format;
    }

    /// Whether all has been answered.
    public boolean hasEnded() {
        return ended;
    }

    /// Looks at up to `most` records and answers what is selected of them, at most about `size` bytes.
    public byte[] next(int most, int size) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < most && bytes.size() < size && !ended; i++) {
            Row row = answered < query.limit() ? rows.next() : null;
            if (row == null) {
                end(bytes);
            } else if (query.where().isEmpty() || query.where().get().holds(row)) {
                take(row, bytes);
            }
        }
        return bytes.toByteArray();
    }

    private void take(Row row, ByteArrayOutputStream to) {
        if (query.aggregates().isEmpty()) {
            write(query.project(row), to);
            answered++;
        } else {
            query.aggregates().forEach(aggregate -> aggregate.take(row));
        }
    }

    private void end(ByteArrayOutputStream to) {
        ended = true;
        if (!query.aggregates().isEmpty() && query.limit() > 0) {
            write(query.project(Nothing.ROW), to);
        }
    }

    private void write(Map<String, Object> row, ByteArrayOutputStream to) {
        byte[] record = format.write(row).getBytes(StandardCharsets.UTF_8);
        if (record.length > Rows.LONGEST) {
            throw Fault.OVER_MAX_RECORD_SIZE.error();
        }
        to.write(record, 0, record.length);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /// The record that stands for none, of which only constants are asked.
    private enum Nothing implements Row {
        ROW;

        @Override
        public Object column(String name, boolean exact) {
            return Absent.MISSING;
        }

        @Override
        public Map<String, Object> columns() {
            return Map.of();
        }

        @Override
        public Object value() {
            return Absent.MISSING;
        }
    }
}
