package dev.cloudjar.kernel.policy;

import java.time.Instant;

/// A decision that was made, for those who ask why.
public record Ruling(String requestId, Instant at, Asked asked, Decision decision, boolean enforced) {}
