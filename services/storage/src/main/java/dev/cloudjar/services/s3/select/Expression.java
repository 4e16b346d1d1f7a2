package dev.cloudjar.services.s3.select;

/// A part of a query that has a value for each record.
@FunctionalInterface
interface Expression {
    Object of(Row row);

    /// Whether the value is `true`, not merely something else than `false`.
    default boolean holds(Row row) {
        return Boolean.TRUE.equals(of(row));
    }
}
