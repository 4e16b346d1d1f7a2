package dev.cloudjar.testkit;

import java.time.Instant;

/// All that a cloud held at one time.
public record Snapshot(String name, Instant at) {}
