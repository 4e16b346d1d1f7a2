package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.policy.Statement.Effect;
import dev.cloudjar.kernel.policy.Statement.Naming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a policy and holds it to its grammar, in the order and with the words of IAM.
final class Reader {
    private static final String TODAY = "2012-10-17";
    private static final Malformed SYNTAX = new Malformed("Syntax errors in policy.");
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private static final Map<String, Condition.Set> SETS =
            Map.of("ForAllValues:", Condition.Set.ALL, "ForAnyValue:", Condition.Set.ANY);

    private final Grammar grammar;
    private final Names names;
    private boolean variables;

    Reader(Grammar grammar) {
        this.grammar = grammar;
        this.names = new Names(grammar);
    }

    Document read(String text) {
        Map<String, @Nullable Object> policy =
                Json.object(text).orElseThrow(() -> text.stripLeading().startsWith("{") ? SYNTAX : notJson());
        if (!MEMBERS.containsAll(policy.keySet())) {
            throw SYNTAX;
        }
        checkVersion(policy.get("Version"));
        variables = TODAY.equals(policy.get("Version"));
        List<Map<String, @Nullable Object>> statements = statements(policy.get("Statement"));
        checkIds(statements);
        var read = new ArrayList<Statement>();
        for (Map<String, @Nullable Object> statement : statements) {
            read.add(statement(statement, read.size()));
        }
        return new Document(read);
    }

    private Malformed notJson() {
        return new Malformed(
                grammar == Grammar.TRUST ? "This policy contains invalid Json" : "Syntax errors in policy.");
    }

    private void checkVersion(@Nullable Object version) {
        if (TODAY.equals(version)) {
            return;
        }
        if (version != null && !"2008-10-17".equals(version)) {
            throw SYNTAX;
        }
        if (grammar != Grammar.RESOURCE && grammar != Grammar.TRUST) {
            throw new Malformed("Policy document must be version 2012-10-17 or greater.");
        }
    }

    private static List<Map<String, @Nullable Object>> statements(@Nullable Object value) {
        var statements = new ArrayList<Map<String, @Nullable Object>>();
        for (Object each : value instanceof List<?> list ? list : Arrays.asList(value)) {
            statements.add(object(each));
        }
        if (statements.isEmpty()) {
            throw SYNTAX;
        }
        return statements;
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw SYNTAX;
    }

    private void checkIds(List<Map<String, @Nullable Object>> statements) {
        var seen = new HashSet<String>();
        for (Map<String, @Nullable Object> statement : statements) {
            Object sid = statement.get("Sid");
            if (sid == null) {
                continue;
            }
            if (!(sid instanceof String text)) {
                throw SYNTAX;
            }
            boolean plain =
                    grammar == Grammar.RESOURCE || text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
            if (!plain) {
                throw new Malformed("Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the"
                        + " regular expression [0-9A-Za-z]*");
            }
            if (!text.isEmpty() && !seen.add(text)) {
                throw new Malformed("Statement IDs (SID) in a single policy must be unique.");
            }
        }
    }

    private Statement statement(Map<String, @Nullable Object> from, int place) {
        if (!ELEMENTS.containsAll(from.keySet())) {
            throw SYNTAX;
        }
        Effect effect = effect(from.get("Effect"));
        Naming<Principals> principals = principals(from);
        Naming<List<Glob>> actions = named(from, "Action", names::action)
                .orElseThrow(() -> new Malformed("Policy statement must contain actions."));
        Optional<Naming<List<Glob>>> resources = resources(from);
        List<Condition> conditions = conditions(from.get("Condition"));
        String sid = from.get("Sid") instanceof String text && !text.isEmpty() ? text : Integer.toString(place);
        return new Statement(sid, effect, principals, actions, resources.orElse(null), conditions);
    }

    private static Effect effect(@Nullable Object value) {
        if ("Allow".equals(value)) {
            return Effect.ALLOW;
        }
        if ("Deny".equals(value)) {
            return Effect.DENY;
        }
        throw SYNTAX;
    }

    private @Nullable Naming<Principals> principals(Map<String, @Nullable Object> from) {
        boolean plain = from.containsKey("Principal");
        boolean not = from.containsKey("NotPrincipal");
        if (plain && not) {
            throw SYNTAX;
        }
        if (!grammar.hasPrincipals()) {
            if (plain || not) {
                throw new Malformed("Policy document should not specify a principal.");
            }
            return null;
        }
        if (!plain && !not) {
            throw new Malformed("Missing required field Principal");
        }
        return new Naming<>(not, names.principals(from.get(not ? "NotPrincipal" : "Principal")));
    }

    private Optional<Naming<List<Glob>>> resources(Map<String, @Nullable Object> from) {
        if (!grammar.hasResources()) {
            if (from.containsKey("Resource") || from.containsKey("NotResource")) {
                throw new Malformed("Has prohibited field Resource");
            }
            return Optional.empty();
        }
        Optional<Naming<List<Glob>>> resources = named(from, "Resource", text -> names.resource(text, variables));
        if (resources.isEmpty()) {
            throw new Malformed("Policy statement must contain resources.");
        }
        return resources;
    }

    /// An element that is there plain or with `Not` before it, never both, as one text or a list of them.
    private static Optional<Naming<List<Glob>>> named(
            Map<String, @Nullable Object> from, String element, Function<String, Glob> read) {
        boolean plain = from.containsKey(element);
        boolean not = from.containsKey("Not" + element);
        if (plain && not) {
            throw SYNTAX;
        }
        List<String> texts = texts(from.get(not ? "Not" + element : element));
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Naming<>(not, texts.stream().map(read).toList()));
    }

    /// One text, or a list of texts; nothing where there is neither.
    static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case String text -> List.of(text);
            case List<?> list -> {
                var texts = new ArrayList<String>();
                list.forEach(each -> texts.add(text(each)));
                yield texts;
            }
            default -> throw SYNTAX;
        };
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw SYNTAX;
    }

    private List<Condition> conditions(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        var conditions = new ArrayList<Condition>();
        object(value)
                .forEach((operator, keys) -> object(keys).forEach((key, given) -> {
                    var texts = new ArrayList<String>();
                    for (Object each : given instanceof List<?> list ? list : Arrays.asList(given)) {
                        if (each == null || each instanceof Map || each instanceof List) {
                            throw SYNTAX;
                        }
                        texts.add(String.valueOf(each));
                    }
                    conditions.add(condition(operator, key, texts));
                }));
        return List.copyOf(conditions);
    }

    private Condition condition(String name, String key, List<String> texts) {
        String rest = name;
        Condition.Set set = Condition.Set.NONE;
        for (var prefix : SETS.entrySet()) {
            if (rest.regionMatches(true, 0, prefix.getKey(), 0, prefix.getKey().length())) {
                set = prefix.getValue();
                rest = rest.substring(prefix.getKey().length());
            }
        }
        boolean ifExists = rest.toLowerCase(Locale.ROOT).endsWith("ifexists");
        String plain = ifExists ? rest.substring(0, rest.length() - "IfExists".length()) : rest;
        Operator operator = Operator.named(plain)
                .filter(found -> found != Operator.NULL || !ifExists)
                .orElseThrow(() -> SYNTAX);
        names.checkKey(key);
        names.checkValues(operator, texts);
        List<Glob> values =
                texts.stream().map(text -> operator.value(text, variables)).toList();
        return new Condition(set, operator, ifExists, key.toLowerCase(Locale.ROOT), values);
    }
}
