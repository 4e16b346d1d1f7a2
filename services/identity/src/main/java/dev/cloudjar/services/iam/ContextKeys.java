package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Json;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The condition keys that a policy asks for, as it writes them: in its conditions, and in its variables.
final class ContextKeys {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},$*?]+)[^}]*}");

    private ContextKeys() {}

    static Set<String> of(String document) {
        var keys = new LinkedHashSet<String>();
        Map<String, @Nullable Object> policy = Json.object(document).orElse(Map.of());
        Object statements = policy.get("Statement");
        for (Object each : statements instanceof List<?> list ? list : Collections.singletonList(statements)) {
            if (each instanceof Map<?, ?> statement && statement.get("Condition") instanceof Map<?, ?> operators) {
                operators.values().forEach(block -> {
                    if (block instanceof Map<?, ?> those) {
                        those.keySet().forEach(key -> keys.add(String.valueOf(key)));
                    }
                });
            }
        }
        Matcher variables = VARIABLE.matcher(document);
        while (variables.find()) {
            keys.add(variables.group(1).strip());
        }
        return keys;
    }
}
