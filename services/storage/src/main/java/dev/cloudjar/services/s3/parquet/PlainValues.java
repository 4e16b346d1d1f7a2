package dev.cloudjar.services.s3.parquet;

import dev.cloudjar.services.s3.parquet.ParquetColumn.Logical;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.JulianFields;

/// Values one after the other as they are, made into what they mean: booleans, numbers, texts, dates and
/// instants.
final class PlainValues {
    private static final long NANOS = 1_000_000_000L;

    private final ParquetColumn column;
    private int bit = 8;
    private int bits;

    PlainValues(ParquetColumn column) {
        this.column = column;
    }

    /// Begins a page, whose booleans begin at a byte of their own.
    void begin() {
        bit = 8;
    }

    Object next(ByteBuffer in) {
        return switch (column.physical()) {
            case BOOLEAN -> bool(in);
            case INT32 -> whole(in.getInt());
            case INT64 -> whole(in.getLong());
            case INT96 -> instant(in);
            case FLOAT -> new BigDecimal(Float.toString(in.getFloat()));
            case DOUBLE -> BigDecimal.valueOf(in.getDouble());
            case BYTE_ARRAY -> text(in, in.getInt());
            case FIXED_LEN_BYTE_ARRAY -> text(in, column.logical().length());
        };
    }

    private boolean bool(ByteBuffer in) {
        if (bit == 8) {
            bits = in.get();
            bit = 0;
        }
        return (bits >> bit++ & 1) == 1;
    }

    private Object whole(long value) {
        return switch (column.logical().converted()) {
            case Logical.DECIMAL -> BigDecimal.valueOf(value, column.logical().scale());
            case Logical.DATE -> LocalDate.ofEpochDay(value);
            case Logical.TIMESTAMP_MILLIS -> Instant.ofEpochMilli(value);
            case Logical.TIMESTAMP_MICROS -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
            default -> BigDecimal.valueOf(value);
        };
    }

    /// Nanoseconds of a day, and the day as astronomers count it.
    private static Instant instant(ByteBuffer in) {
        long nanos = in.getLong();
        LocalDate day = LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, in.getInt());
        return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + nanos / NANOS, nanos % NANOS);
    }

    private Object text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return column.logical().converted() == Logical.DECIMAL
                ? new BigDecimal(new BigInteger(bytes), column.logical().scale())
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
