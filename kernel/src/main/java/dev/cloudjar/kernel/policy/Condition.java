package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Values;
import java.util.List;

/// One key of a condition block: the operator with its qualifier, the key in lower case, and the values of the
/// policy.
record Condition(Set set, Operator operator, boolean ifExists, String key, List<Glob> values) {
    /// How several values of a request count.
    enum Set {
        NONE,
        ALL,
        ANY
    }

    boolean holds(Values request) {
        List<String> asked = request.of(key);
        if (operator == Operator.NULL) {
            String absent = Boolean.toString(asked.isEmpty());
            return values.stream().anyMatch(value -> operator.holds(absent, value, request));
        }
        if (asked.isEmpty()) {
            return ifExists || set == Set.ALL || set == Set.NONE && operator.negated();
        }
        return switch (set) {
            case ALL -> asked.stream().allMatch(value -> meets(value, request));
            case ANY -> asked.stream().anyMatch(value -> meets(value, request));
            case NONE ->
                operator.negated()
                        ? asked.stream().allMatch(value -> meets(value, request))
                        : asked.stream().anyMatch(value -> meets(value, request));
        };
    }

    private boolean meets(String asked, Values request) {
        for (Glob value : values) {
            if (operator.holds(asked, value, request)) {
                return !operator.negated();
            }
        }
        return operator.negated();
    }
}
