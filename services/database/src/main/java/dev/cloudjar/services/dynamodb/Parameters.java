package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.expression.Placeholders;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The parameters that many operations share, read from whatever structure has them, and DynamoDB's rules for
/// which may go together.
final class Parameters {
    private static final List<String> WITH_VALUES =
            List.of("UpdateExpression", "ConditionExpression", "FilterExpression", "KeyConditionExpression");
    private static final List<String> EXPRESSIONS = List.of(
            "ProjectionExpression",
            "UpdateExpression",
            "ConditionExpression",
            "FilterExpression",
            "KeyConditionExpression");
    private static final List<String> LEGACY = List.of(
            "AttributesToGet",
            "AttributeUpdates",
            "QueryFilter",
            "ScanFilter",
            "Expected",
            "ConditionalOperator",
            "KeyConditions");

    private Parameters() {}

    static Optional<String> text(Struct in, String member) {
        return Optional.ofNullable((String) in.get(member));
    }

    /// Sets `member` of an answer where there is something to tell.
    static void set(Struct out, String member, Optional<?> value) {
        value.ifPresent(there -> out.set(out.shape().member(member).orElseThrow(), there));
    }

    static void set(Struct out, String member, List<?> some) {
        if (!some.isEmpty()) {
            out.set(out.shape().member(member).orElseThrow(), some);
        }
    }

    static void set(Struct out, String member, Map<?, ?> some) {
        if (!some.isEmpty()) {
            out.set(out.shape().member(member).orElseThrow(), some);
        }
    }

    static boolean is(Struct in, String member) {
        return Boolean.TRUE.equals(in.get(member));
    }

    /// Refuses expressions beside what they replace, and placeholders beside no expression.
    static void checkTogether(Struct in) {
        List<String> expressions = present(in, EXPRESSIONS);
        List<String> legacy = present(in, LEGACY);
        if (!expressions.isEmpty() && !legacy.isEmpty()) {
            throw Refusals.invalid(
                    "Can not use both expression and non-expression parameters in the same request:"
                            + " Non-expression parameters: {%s} Expression parameters: {%s}",
                    String.join(", ", legacy), String.join(", ", expressions));
        }
        if (in.get("ExpressionAttributeNames") != null && expressions.isEmpty()) {
            throw Refusals.invalid("ExpressionAttributeNames can only be specified when using expressions");
        }
        if (in.get("ExpressionAttributeValues") != null
                && present(in, WITH_VALUES).isEmpty()) {
            List<String> possible = WITH_VALUES.stream()
                    .filter(name -> in.shape().member(name).isPresent())
                    .toList();
            throw Refusals.invalid(
                    "ExpressionAttributeValues can only be specified when using expressions: %s %s null",
                    String.join(" and ", possible), possible.size() == 1 ? "is" : "are");
        }
    }

    private static List<String> present(Struct in, List<String> names) {
        return names.stream().filter(name -> in.get(name) != null).toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, ? extends Struct> structs(Struct in, String member) {
        Object value = in.get(member);
        return value == null ? Map.of() : (Map<String, ? extends Struct>) value;
    }

    static Map<String, Value> values(Struct in, String member) {
        return AttributeValues.read(structs(in, member));
    }

    static Optional<Requirement> condition(Struct in, String member, Placeholders given) {
        return text(in, member).map(text -> Requirement.parse(member, text, given));
    }

    /// What is wanted of items, in whichever way it is asked.
    static Optional<Excerpt> projection(Struct in, Placeholders given) {
        return text(in, "ProjectionExpression")
                .map(text -> Excerpt.parse(text, given))
                .or(() -> attributesToGet(in));
    }

    private static Optional<Excerpt> attributesToGet(Struct in) {
        if (!(in.get("AttributesToGet") instanceof List<?> list)) {
            return Optional.empty();
        }
        List<String> names = list.stream().map(String.class::cast).toList();
        Set<String> seen = new HashSet<>();
        names.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(twice -> {
            throw Refusals.parameters("Duplicate value in attribute name: %s", twice);
        });
        return Optional.of(Excerpt.ofAttributes(names));
    }

    /// A choice between values of an enumeration that the model has wider than the operation.
    static void checkReturnValues(Struct in, String allowed, Set<String> values) {
        text(in, "ReturnValues").filter(asked -> !values.contains(asked)).ifPresent(_ -> {
            throw Refusals.invalid(allowed);
        });
    }

    static String joined(List<String> names) {
        return names.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
