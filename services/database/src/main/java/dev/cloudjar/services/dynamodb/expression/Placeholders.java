package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The names and values that the expressions of one request stand for, which of them they have used, and the
/// paths in them that lead into an attribute.
public record Placeholders(Map<String, String> names, Map<String, Value> values, Set<String> used, List<Path> nested) {
    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";

    /// The placeholders of a request, each checked. `in` is any structure that has the two members.
    public static Placeholders of(Struct in) {
        Object names = in.get(NAMES);
        Object values = in.get(VALUES);
        if (names == null && values == null) {
            return new Placeholders(Map.of(), Map.of(), Set.of(), new ArrayList<>());
        }
        return new Placeholders(
                names == null ? Map.of() : names((Map<?, ?>) names),
                values == null ? Map.of() : values((Map<?, ?>) values),
                new HashSet<>(),
                new ArrayList<>());
    }

    private static Map<String, String> names(Map<?, ?> sent) {
        if (sent.isEmpty()) {
            throw Refusals.invalid("ExpressionAttributeNames must not be empty");
        }
        Map<String, String> names = new HashMap<>();
        sent.forEach((key, name) -> {
            checkKey(NAMES, '#', (String) key);
            names.put((String) key, (String) name);
        });
        return names;
    }

    private static Map<String, Value> values(Map<?, ?> sent) {
        if (sent.isEmpty()) {
            throw Refusals.invalid("ExpressionAttributeValues must not be empty");
        }
        sent.keySet().forEach(key -> checkKey(VALUES, ':', (String) key));
        Map<String, Value> values = new HashMap<>();
        sent.forEach((key, value) -> values.put((String) key, value((String) key, (Struct) value)));
        return values;
    }

    private static void checkKey(String map, char mark, String key) {
        if (!Lexer.isPlaceholder(mark, key)) {
            throw Refusals.invalid("%s contains invalid key: Syntax error; key: \"%s\"", map, key);
        }
    }

    private static Value value(String key, Struct value) {
        try {
            return AttributeValues.read(value);
        } catch (AwsError wrong) {
            throw Refusals.invalid("%s contains invalid value: %s for key %s", VALUES, wrong.message(), key);
        }
    }

    Optional<String> name(String placeholder) {
        Optional<String> name = Optional.ofNullable(names.get(placeholder));
        name.ifPresent(_ -> used.add(placeholder));
        return name;
    }

    Optional<Value> value(String placeholder) {
        Optional<Value> value = Optional.ofNullable(values.get(placeholder));
        value.ifPresent(_ -> used.add(placeholder));
        return value;
    }

    /// Refuses placeholders that no expression has used.
    public void checkAllUsed() {
        checkUsed(NAMES, names.keySet());
        checkUsed(VALUES, values.keySet());
    }

    private void checkUsed(String map, Set<String> keys) {
        var unused = new TreeSet<>(keys);
        unused.removeAll(used);
        if (!unused.isEmpty()) {
            throw Refusals.invalid(
                    "Value provided in %s unused in expressions: keys: {%s}", map, String.join(", ", unused));
        }
    }
}
