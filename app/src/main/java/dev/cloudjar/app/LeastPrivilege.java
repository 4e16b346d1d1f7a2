package dev.cloudjar.app;

import dev.cloudjar.kernel.policy.Ruling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The policy that allows what somebody was allowed and nothing else: of each action the resources that it was
/// for, and the partitions, prefixes and the like to which its calls kept.
final class LeastPrivilege {
    /// Keys that have several values in one request.
    private static final Set<String> MULTIVALUED = Set.of("dynamodb:LeadingKeys");

    /// An action in requests that had the same condition keys.
    private record Use(String action, SortedSet<String> keys) {}

    /// Upon what, and under which conditions.
    private record Bounds(SortedSet<String> resources, SortedMap<String, SortedSet<String>> conditions) {
        Bounds() {
            this(new TreeSet<>(), new TreeMap<>());
        }

        void widen(Ruling ruling) {
            resources.add(ruling.name());
            ruling.keys()
                    .forEach((key, values) -> conditions
                            .computeIfAbsent(key, _ -> new TreeSet<>())
                            .addAll(values));
        }
    }

    private LeastPrivilege() {}

    static Map<String, Object> of(List<Ruling> rulings, String holder) {
        var uses = new LinkedHashMap<Use, Bounds>();
        rulings.stream()
                .filter(ruling ->
                        ruling.holder().equals(holder) && ruling.decision().isAllowed())
                .forEach(ruling -> uses.computeIfAbsent(
                                new Use(
                                        ruling.action(),
                                        new TreeSet<>(ruling.keys().keySet())),
                                _ -> new Bounds())
                        .widen(ruling));
        Map<Bounds, List<String>> actions = uses.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(entry -> entry.getKey().action(), Collectors.toList())));
        var policy = new LinkedHashMap<String, Object>();
        policy.put("Version", "2012-10-17");
        policy.put(
                "Statement",
                actions.entrySet().stream()
                        .map(entry -> statement(entry.getValue(), entry.getKey()))
                        .toList());
        return policy;
    }

    private static Map<String, Object> statement(List<String> actions, Bounds bounds) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Effect", "Allow");
        statement.put("Action", actions.stream().sorted().toList());
        statement.put("Resource", List.copyOf(bounds.resources()));
        if (!bounds.conditions().isEmpty()) {
            var operators = new TreeMap<String, Map<String, Object>>();
            bounds.conditions()
                    .forEach((key, values) -> operators
                            .computeIfAbsent(operator(key), _ -> new TreeMap<>())
                            .put(key, new ArrayList<>(values)));
            statement.put("Condition", operators);
        }
        return statement;
    }

    private static String operator(String key) {
        return MULTIVALUED.contains(key) ? "ForAllValues:StringEquals" : "StringEquals";
    }
}
