package dev.cloudjar.testkit;

import java.time.Instant;
import java.util.List;

/// An event that a service told EventBridge's default bus, whether or not a rule wanted it. `detail` is JSON.
public record Event(
        Instant at,
        String source,
        String detailType,
        String account,
        String region,
        List<String> resources,
        String detail) {
    public Event {
        resources = List.copyOf(resources);
    }
}
