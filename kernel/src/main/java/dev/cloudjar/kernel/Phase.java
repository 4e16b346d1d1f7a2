package dev.cloudjar.kernel;

import java.time.Instant;

/// The last move of a resource through its [Lifecycle]: to which status, when, and by which call. `by` is empty
/// where the moves that follow take the time that AWS documents; otherwise they are over once that call has
/// answered.
public record Phase<S extends Enum<S>>(S status, Instant since, String by) {}
