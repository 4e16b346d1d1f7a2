package dev.cloudjar.kernel;

import java.time.Instant;

/// Now, for a resource that changes by itself: the world's time, the call that looks, and whether waits that
/// AWS imposes for its own sake last as long as on AWS.
public record Moment(Instant now, String call, boolean realistic) {}
