package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.policy.Statement.Effect;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A policy, compiled: immutable but for what it remembers of which statements an action concerns.
public final class Document {
    private static final int MOST_REMEMBERED = 512;

    private final List<Statement> statements;
    private final Map<String, Sieve> byAction = new ConcurrentHashMap<>();

    Document(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /// The policy that `text` is, or what IAM says of a text that is none.
    public static Document parse(String text, Grammar grammar) {
        return new Reader(grammar).read(text);
    }

    /// The statements for `action`, which is in lower case.
    Sieve about(String action) {
        Sieve known = byAction.get(action);
        if (known != null) {
            return known;
        }
        var found = new Sieve(statements.stream()
                .filter(statement -> statement.isFor(action))
                .sorted(Comparator.comparing(statement -> statement.effect() == Effect.ALLOW))
                .toList());
        if (byAction.size() < MOST_REMEMBERED) {
            byAction.put(action, found);
        }
        return found;
    }

    /// Whether some statement allows `action`, upon whatever resource and condition.
    public boolean concerns(String action) {
        String key = action.toLowerCase(Locale.ROOT);
        return statements.stream().anyMatch(s -> s.effect() == Effect.ALLOW && s.isFor(key));
    }

    /// The condition keys that the policy asks for, in its variables as well, as they are written.
    public Set<String> keys() {
        var keys = new LinkedHashSet<String>();
        for (Statement statement : statements) {
            statement.conditions().forEach(condition -> {
                keys.add(condition.key());
                condition.values().forEach(value -> keys.addAll(value.keys()));
            });
            if (statement.resources() != null) {
                statement.resources().names().forEach(resource -> keys.addAll(resource.keys()));
            }
        }
        return keys;
    }
}
