package dev.cloudjar.model;

import java.util.List;
import java.util.Optional;

/// How AWS's SDKs wait for a resource: they repeat `operation` until an acceptor says success or failure.
public record Waiter(String name, String operation, int delaySeconds, int attempts, List<Acceptor> acceptors) {
    public Waiter {
        acceptors = List.copyOf(acceptors);
    }

    /// One rule. `matcher` is `path`, `pathAll` or `pathAny` (`argument`, a JMESPath expression over the output, gives
    /// `expected`), `status` (the HTTP status is `expected`) or `error` (the error code is). `state` is `success`,
    /// `retry` or `failure`.
    public record Acceptor(String state, String matcher, String expected, Optional<String> argument) {}
}
