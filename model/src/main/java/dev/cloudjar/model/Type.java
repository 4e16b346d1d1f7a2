package dev.cloudjar.model;

/// What kind of value a [Shape] describes, and the Java class that holds it in a slot of a [Struct].
public enum Type {
    /// A `Boolean`.
    BOOLEAN,
    /// An `Integer`; byte and short are integers with a range.
    INTEGER,
    /// A `Long`.
    LONG,
    /// A `Float`.
    FLOAT,
    /// A `Double`.
    DOUBLE,
    /// A `String`; enumerations are strings with known values.
    STRING,
    /// A `java.time.Instant`.
    TIMESTAMP,
    /// A [Blob], or a [Body] where the member is streaming.
    BLOB,
    /// Free-form JSON: `Map`, `List`, `String`, `Boolean`, `Long`, `Double`, or null.
    DOCUMENT,
    /// A `List`.
    LIST,
    /// A `Map` with string keys, in the order of arrival.
    MAP,
    /// A [Struct]; where [StructShape#isEventStream], an [EventStream] of them.
    STRUCTURE
}
