package dev.cloudjar.services.organizations;

import dev.cloudjar.kernel.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What management policies come to on the way from the root down: `@@assign` sets a value, `@@append` adds to
/// one, `@@remove` takes away from it, as far as the policies above allow it to those below.
final class Inheritance {
    private static final String ASSIGN = "@@assign";
    private static final String APPEND = "@@append";
    private static final String REMOVE = "@@remove";
    private static final String ALLOWED = "@@operators_allowed_for_child_policies";
    private static final Set<String> OPERATORS = Set.of(ASSIGN, APPEND, REMOVE);

    /// Which operators are left to lower levels, by the path of a value.
    private final Map<String, List<?>> allowed = new HashMap<>();
    private final Map<String, @Nullable Object> effective = new LinkedHashMap<>();

    private Inheritance() {}

    /// The effective policy of the policies at each level, from the root on.
    static Map<String, @Nullable Object> of(List<List<String>> levels) {
        var inheritance = new Inheritance();
        for (List<String> level : levels) {
            Map<String, List<?>> said = new HashMap<>();
            for (String policy : level) {
                Json.object(policy).ifPresent(tree -> inheritance.apply(inheritance.effective, tree, "", said));
            }
            said.forEach(inheritance.allowed::putIfAbsent);
        }
        return inheritance.effective;
    }

    private void apply(Map<String, @Nullable Object> to, Map<?, ?> policy, String path, Map<String, List<?>> said) {
        policy.forEach((key, value) -> {
            String name = String.valueOf(key);
            String below = path + '/' + name;
            if (name.equals(ALLOWED) && value instanceof List<?> operators) {
                said.put(path, operators);
            } else if (value instanceof Map<?, ?> map) {
                applyMember(to, name, map, below, said);
            } else if (!name.startsWith("@@")) {
                to.put(name, value);
            }
        });
    }

    private void applyMember(
            Map<String, @Nullable Object> to, String name, Map<?, ?> map, String path, Map<String, List<?>> said) {
        boolean value = map.keySet().stream().anyMatch(OPERATORS::contains);
        if (map.get(ALLOWED) instanceof List<?> operators) {
            said.put(path, operators);
        }
        if (value) {
            map.forEach((operator, operand) -> {
                if (isAllowed(path, String.valueOf(operator))) {
                    operate(to, name, String.valueOf(operator), operand);
                }
            });
            return;
        }
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        if (to.get(name) instanceof Map<?, ?> old) {
            old.forEach((key, each) -> inner.put(String.valueOf(key), each));
        }
        apply(inner, map, path, said);
        to.put(name, inner);
    }

    /// Whether the levels above have left the operator to this one, at the path or over it.
    private boolean isAllowed(String path, String operator) {
        String at = path;
        while (!at.isEmpty()) {
            List<?> left = allowed.get(at);
            if (left != null && !left.contains("@@all") && !left.contains(operator)) {
                return false;
            }
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return true;
    }

    private static void operate(
            Map<String, @Nullable Object> to, String name, String operator, @Nullable Object operand) {
        var values = new ArrayList<@Nullable Object>(list(to.get(name)));
        switch (operator) {
            case ASSIGN -> to.put(name, operand);
            case APPEND -> {
                list(operand).stream().filter(each -> !values.contains(each)).forEach(values::add);
                to.put(name, values);
            }
            case REMOVE -> {
                values.removeAll(list(operand));
                to.put(name, values);
            }
            default -> {}
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }
}
