package dev.cloudjar.services.s3.select;

import dev.cloudjar.services.s3.parquet.ParquetColumn;
import dev.cloudjar.services.s3.parquet.ParquetException;
import dev.cloudjar.services.s3.parquet.ParquetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records of a Parquet file. A column is read when a query first asks for it in a group of rows.
public final class ParquetRows implements Rows {
    private final ParquetFile file;
    private final Map<Integer, List<@Nullable Object>> read = new HashMap<>();
    private int group;
    private int row;

    public ParquetRows(ParquetFile.Source source) throws IOException {
        try {
            this.file = ParquetFile.open(source);
        } catch (ParquetException broken) {
            throw fault(broken).error();
        }
    }

    private static Fault fault(ParquetException broken) {
        return switch (broken.reason()) {
            case BROKEN -> Fault.PARQUET_PARSING;
            case CODEC -> Fault.PARQUET_CODEC;
            case TYPE -> Fault.UNSUPPORTED_PARQUET_TYPE;
        };
    }

    @Override
    public @Nullable Row next() {
        while (group < file.groups() && row == file.rows(group)) {
            read.clear();
            row = 0;
            group++;
        }
        return group == file.groups() ? null : new OneRow(row++);
    }

    private Object cell(int column, int at) {
        try {
            List<@Nullable Object> values = read.get(column);
            if (values == null) {
                values = file.values(group, column);
                read.put(column, values);
            }
            return meaning(values.get(at));
        } catch (ParquetException broken) {
            throw fault(broken).error();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object meaning(@Nullable Object value) {
        return switch (value) {
            case null -> Absent.NULL;
            case LocalDate day -> new Timestamp(day.atStartOfDay().atOffset(ZoneOffset.UTC), ChronoUnit.DAYS);
            case Instant at -> new Timestamp(at.atOffset(ZoneOffset.UTC), ChronoUnit.NANOS);
            default -> value;
        };
    }

    @Override
    public void close() {
        read.clear();
    }

    /// One row of the group that is being read.
    private final class OneRow implements Row {
        private final int at;

        OneRow(int at) {
            this.at = at;
        }

        @Override
        public Object column(String name, boolean exact) {
            List<ParquetColumn> columns = file.columns();
            for (int i = 0; i < columns.size(); i++) {
                List<String> path = columns.get(i).path();
                boolean named =
                        exact ? path.getFirst().equals(name) : path.getFirst().equalsIgnoreCase(name);
                if (named && path.size() == 1) {
                    return cell(i, at);
                }
                if (named) {
                    return Path.member(columns(), path.getFirst(), true);
                }
            }
            throw Fault.MISSING_HEADERS.error();
        }

        @Override
        public Map<String, Object> columns() {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < file.columns().size(); i++) {
                put(row, file.columns().get(i).path(), cell(i, at));
            }
            return row;
        }

        /// Puts a value at the end of a path of nested structures.
        @SuppressWarnings("unchecked")
        private static void put(Map<String, Object> row, List<String> path, Object value) {
            Map<String, Object> within = row;
            for (String name : path.subList(0, path.size() - 1)) {
                within = (Map<String, Object>) within.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
            }
            within.put(path.getLast(), value);
        }

        @Override
        public Object value() {
            return columns();
        }
    }
}
