package dev.cloudjar.model;

/// The three forms in which AWS writes an instant.
public enum TimestampFormat {
    /// `2015-01-25T08:00:00Z`.
    ISO8601,
    /// `Sun, 25 Jan 2015 08:00:00 GMT`.
    RFC822,
    /// Seconds since 1970, with a fraction where there is one.
    UNIX
}
