package dev.cloudjar.kernel;

import java.util.List;
import java.util.Map;

/// The condition keys of one request, by name in lower case. A key that the request does not have has no values.
@FunctionalInterface
public interface Values {
    Values NONE = _ -> List.of();

    List<String> of(String key);

    /// The keys of `known`, which are in lower case, and behind them those of this.
    default Values over(Map<String, List<String>> known) {
        return key -> {
            List<String> first = known.get(key);
            return first == null ? of(key) : first;
        };
    }
}
