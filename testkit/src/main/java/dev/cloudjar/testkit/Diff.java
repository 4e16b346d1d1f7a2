package dev.cloudjar.testkit;

import java.util.List;
import java.util.Map;

/// What has changed in a cloud: resources one by one, and how many rows of other kinds, such as messages.
public record Diff(List<Resource> resources, List<Rows> rows) {
    /// A resource that was `added`, `removed` or `changed`, with the attributes that differ: those that it had
    /// `before` and those that it has `after`.
    public record Resource(
            String kind, String arn, String change, Map<String, String> before, Map<String, String> after) {}

    /// How many rows of a service's table have changed in one account and region.
    public record Rows(String table, String account, String region, int added, int removed, int changed) {}

    /// Whether everything is as it was.
    public boolean isEmpty() {
        return resources.isEmpty() && rows.isEmpty();
    }
}
