package dev.cloudjar.kernel.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What IAM has attached to a user or role: its policies, its boundary, its tags.
///
/// @param linked whether it is a service-linked role, which no service control policy limits
public record Bindings(
        List<Attached> identity,
        Optional<Attached> boundary,
        List<Attached> session,
        Map<String, String> tags,
        boolean linked) {
    public static final Bindings NONE = new Bindings(List.of(), Optional.empty(), List.of(), Map.of(), false);
}
