package dev.cloudjar.services.s3.select;

/// Values that are none: one that is null, and one that is not there at all. All other values are a `Boolean`, a
/// `BigDecimal`, a `String`, a [Timestamp], a `List` or a `Map`.
enum Absent {
    NULL,
    MISSING
}
