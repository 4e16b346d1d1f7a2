package dev.cloudjar.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One thing that a call wants: an IAM action (`sqs:SendMessage`) upon a resource, `*` where the action has
/// none.
///
/// @param keys condition keys of the service that the request has, such as `dynamodb:LeadingKeys`
/// @param name what policies of identities call the resource: its own name, or that of what the request came
/// through
/// @param asked more condition keys of the service, each worked out when a condition asks for it
public record Access(String action, String resource, Map<String, List<String>> keys, String name, Values asked) {
    public Access(String action, String resource, Map<String, List<String>> keys) {
        this(action, resource, keys, resource, Values.NONE);
    }

    public static Access of(String action, String resource) {
        return new Access(action, resource, Map.of());
    }

    public static Access of(String action, Arn resource) {
        return of(action, resource.toString());
    }

    /// The same in a request with this condition key.
    public Access with(String key, String... values) {
        var more = new HashMap<>(keys);
        more.put(key, List.of(values));
        return new Access(action, resource, more, name, asked);
    }

    /// The same in a request that has these condition keys, should a condition ask for one.
    public Access asking(Values more) {
        return new Access(action, resource, keys, name, more);
    }

    /// The same of another resource, which identities know by the name of this one: a bucket behind an access
    /// point.
    public Access behind(String other) {
        return new Access(action, other, keys, name, asked);
    }
}
