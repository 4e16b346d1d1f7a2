package dev.cloudjar.kernel;

import java.time.Instant;
import java.util.List;

/// A committed call as the journal has it: who did what, and to which resources and tables.
public record JournalEntry(long sequence, Instant at, String requestId, Who who, List<Touched> touched) {
    /// The caller, and what was called; both are empty for what the kernel does by itself.
    public record Who(String service, String operation, String principal, String account, String region) {}

    /// A row that was written or deleted: the ARN of a resource, or the name of a table.
    public record Touched(String what, boolean deleted) {}
}
