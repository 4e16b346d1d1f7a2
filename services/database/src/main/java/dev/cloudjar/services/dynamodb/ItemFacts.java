package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Values;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.expression.Placeholders;
import dev.cloudjar.services.dynamodb.expression.Update;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The condition keys of a request for items, beside the partitions that it wants. Nothing is parsed before a
/// condition asks for what depends on it.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
///
/// @param request the whole request
/// @param parts what names attributes in it: itself, or those of its parts that are about one table
/// @param enclosing the operation of which this is but a part, if it is a transaction
record ItemFacts(Struct request, List<Struct> parts, Optional<String> enclosing) implements Values {
    private static final String NONE = "NONE";
    private static final String PROJECTION = "ProjectionExpression";

    /// Members whose keys are names of attributes.
    private static final List<String> NAMED =
            List.of("Key", "Item", "AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter");

    private static final List<String> CONDITIONS =
            List.of("ConditionExpression", "KeyConditionExpression", "FilterExpression");

    static ItemFacts of(Struct request) {
        return new ItemFacts(request, List.of(request), Optional.empty());
    }

    @Override
    public List<String> of(String key) {
        return switch (key) {
            case "dynamodb:attributes" -> attributes();
            case "dynamodb:select" ->
                parts.stream().limit(1).flatMap(part -> select(part).stream()).toList();
            case "dynamodb:returnvalues" ->
                parts.stream()
                        .limit(1)
                        .filter(ItemFacts::isSingleWrite)
                        .map(part -> Parameters.text(part, "ReturnValues").orElse(NONE))
                        .toList();
            case "dynamodb:returnconsumedcapacity" ->
                List.of(Parameters.text(request, "ReturnConsumedCapacity").orElse(NONE));
            case "dynamodb:enclosingoperation" -> enclosing.stream().toList();
            default -> List.of();
        };
    }

    private static boolean isSingleWrite(Struct part) {
        return part.shape().member("ReturnValuesOnConditionCheckFailure").isPresent();
    }

    /// What a read selects, which it does even where it does not say so.
    private static Optional<String> select(Struct part) {
        if (part.shape().member(PROJECTION).isEmpty()) {
            return Optional.empty();
        }
        boolean specific = part.get(PROJECTION) != null || part.get("AttributesToGet") != null;
        String all = part.get("IndexName") == null ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
        return Parameters.text(part, "Select").or(() -> Optional.of(specific ? "SPECIFIC_ATTRIBUTES" : all));
    }

    private List<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        parts.forEach(part -> name(part, names));
        return List.copyOf(names);
    }

    private static void name(Struct part, Set<String> names) {
        NAMED.forEach(member -> keys(part.get(member), names));
        if (part.get("Keys") instanceof List<?> keys) {
            keys.forEach(key -> keys(key, names));
        }
        Placeholders given = Placeholders.of(part);
        Consumer<Path> add = path -> names.add(path.attribute());
        Parameters.projection(part, given)
                .ifPresent(projection -> projection.paths().forEach(add));
        CONDITIONS.forEach(
                member -> Parameters.condition(part, member, given).ifPresent(condition -> condition.forEachPath(add)));
        Parameters.text(part, "UpdateExpression")
                .ifPresent(text -> Update.parse(text, given).forEachPath(add));
    }

    private static void keys(@Nullable Object value, Set<String> names) {
        if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> names.add((String) name));
        }
    }
}
