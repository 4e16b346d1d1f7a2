package dev.cloudjar.services.s3.parquet;

/// A file that is no Parquet, is broken, or uses what is not read here.
public final class ParquetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong with the file.
    public enum Reason {
        BROKEN,
        CODEC,
        TYPE
    }

    private final Reason reason;

    ParquetException(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
