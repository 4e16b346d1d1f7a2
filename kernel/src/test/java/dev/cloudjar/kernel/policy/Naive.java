package dev.cloudjar.kernel.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A second evaluator, slow and simple, of a part of the language: it reads the JSON anew, turns patterns into
/// regular expressions, and asks one question after the other as the flow chart of the user guide does.
final class Naive {
    /// A question: who, of which account, wants what.
    record Question(String arn, String account, String action, String resource, Map<String, String> context) {}

    private final Question question;

    Naive(Question question) {
        this.question = question;
    }

    /// Whether one account's identity policies, boundary and resource policy together allow, by an endpoint.
    String decide(
            List<Object> identity, @Nullable Object boundary, @Nullable Object resource, @Nullable Object endpoint) {
        var all = new ArrayList<>(identity);
        if (boundary != null) {
            all.add(boundary);
        }
        if (resource != null) {
            all.add(resource);
        }
        if (endpoint != null) {
            all.add(endpoint);
        }
        if (all.stream().anyMatch(policy -> says(policy, "Deny", false))) {
            return "explicitDeny";
        }
        if (endpoint != null && !says(endpoint, "Allow", false)) {
            return "implicitDeny";
        }
        if (resource != null && says(resource, "Allow", true)) {
            return "allowed";
        }
        boolean granted = identity.stream().anyMatch(policy -> says(policy, "Allow", false));
        boolean bounded = boundary == null || says(boundary, "Allow", false);
        return granted && bounded ? "allowed" : "implicitDeny";
    }

    private boolean says(Object policy, String effect, boolean byName) {
        Object statements = ((Map<?, ?>) policy).get("Statement");
        for (Object each : list(statements)) {
            Map<?, ?> statement = (Map<?, ?>) each;
            if (effect.equals(statement.get("Effect")) && applies(statement, byName)) {
                return true;
            }
        }
        return false;
    }

    private boolean applies(Map<?, ?> statement, boolean byName) {
        return principal(statement, byName)
                && element(statement, "Action", question.action(), Pattern.CASE_INSENSITIVE)
                && element(statement, "Resource", question.resource(), 0)
                && conditions(statement);
    }

    private boolean principal(Map<?, ?> statement, boolean byName) {
        Object principal = statement.get("Principal");
        if (principal == null) {
            return !byName;
        }
        if (principal.equals("*")) {
            return true;
        }
        List<?> names = list(((Map<?, ?>) principal).get("AWS"));
        boolean account = names.contains("arn:aws:iam::" + question.account() + ":root");
        return names.contains(question.arn()) || account && !byName;
    }

    private boolean element(Map<?, ?> statement, String name, String value, int flags) {
        boolean not = statement.containsKey("Not" + name);
        boolean any = list(statement.get(not ? "Not" + name : name)).stream()
                .anyMatch(pattern -> like(String.valueOf(pattern), value, flags));
        return any != not;
    }

    private boolean like(String pattern, String value, int flags) {
        String filled = pattern.replace(
                "${aws:username}", question.arn().substring(question.arn().indexOf('/') + 1));
        var regex = new StringBuilder();
        for (char c : filled.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), flags).matcher(value).matches();
    }

    private boolean conditions(Map<?, ?> statement) {
        if (!(statement.get("Condition") instanceof Map<?, ?> operators)) {
            return true;
        }
        for (Map.Entry<?, ?> operator : operators.entrySet()) {
            for (Map.Entry<?, ?> key : ((Map<?, ?>) operator.getValue()).entrySet()) {
                if (!condition(String.valueOf(operator.getKey()), String.valueOf(key.getKey()), list(key.getValue()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean condition(String operator, String key, List<?> values) {
        String asked = question.context().get(key);
        return switch (operator) {
            case "StringEquals" -> asked != null && values.contains(asked);
            case "StringNotEquals" -> asked == null || !values.contains(asked);
            case "StringEqualsIfExists" -> asked == null || values.contains(asked);
            case "StringLike" ->
                asked != null && values.stream().anyMatch(value -> like(String.valueOf(value), asked, 0));
            case "Null" -> values.contains(Boolean.toString(asked == null));
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : Collections.singletonList(value);
    }
}
