package dev.cloudjar.services.s3.parquet;

import java.util.List;

/// A column of a Parquet file: where it stands in the tree of the schema, what it holds, and how often a value
/// may be missing above it.
public record ParquetColumn(List<String> path, Physical physical, Logical logical, int depth, int repetition) {
    /// How values are laid out, in the order of the format's numbers.
    public enum Physical {
        BOOLEAN,
        INT32,
        INT64,
        INT96,
        FLOAT,
        DOUBLE,
        BYTE_ARRAY,
        FIXED_LEN_BYTE_ARRAY
    }

    /// What values mean. `converted` is the format's number for it, or -1; `length` is that of a fixed array.
    public record Logical(int converted, int scale, int length) {
        static final Logical PLAIN = new Logical(-1, 0, 0);
        static final int UTF8 = 0;
        static final int DECIMAL = 5;
        static final int DATE = 6;
        static final int TIMESTAMP_MILLIS = 9;
        static final int TIMESTAMP_MICROS = 10;
    }
}
