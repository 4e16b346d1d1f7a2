package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Comparator;
import dev.cloudjar.services.dynamodb.expression.KeyCondition;
import dev.cloudjar.services.dynamodb.expression.LegacyTest;
import dev.cloudjar.services.dynamodb.expression.Predicate;
import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The conditions that were there before expressions: `Expected`, `QueryFilter`, `ScanFilter` and
/// `KeyConditions`.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
final class LegacyConditions {
    private LegacyConditions() {}

    /// The conditions in `member`, joined as `ConditionalOperator` says.
    static Optional<Requirement> read(Struct in, String member) {
        Map<String, ? extends Struct> sent = Parameters.structs(in, member);
        Optional<String> operator = Parameters.text(in, "ConditionalOperator");
        if (operator.isPresent() && sent.isEmpty()) {
            throw Refusals.parameters("ConditionalOperator cannot be used without Filter or Expected");
        }
        if (operator.isPresent() && sent.size() == 1) {
            throw Refusals.parameters(
                    "ConditionalOperator can only be used when Filter or Expected has two or more elements");
        }
        List<Requirement> parts = new ArrayList<>();
        sent.forEach((name, condition) -> parts.add(part(name, condition, member.equals("Expected"))));
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                operator.filter("OR"::equals).isPresent() ? new Requirement.Any(parts) : new Requirement.All(parts));
    }

    private static Requirement part(String name, Struct condition, boolean expected) {
        if (expected) {
            checkExpected(name, condition);
            if (condition.get("ComparisonOperator") == null) {
                boolean gone = Boolean.FALSE.equals(condition.get("Exists"));
                return gone
                        ? LegacyTest.of(name, Asks.IS_MISSING, List.of())
                        : LegacyTest.of(name, new Predicate.Compares(Comparator.EQ), arguments(condition));
            }
        }
        String operator = Parameters.text(condition, "ComparisonOperator").orElseThrow();
        List<Value> arguments = arguments(condition);
        checkArguments(operator, arguments);
        return switch (operator) {
            case "NOT_CONTAINS" -> LegacyTest.notContaining(name, arguments);
            default -> LegacyTest.of(name, predicate(operator), arguments);
        };
    }

    private static void checkExpected(String name, Struct condition) {
        boolean value = condition.get("Value") != null;
        boolean list = condition.get("AttributeValueList") != null;
        Object exists = condition.get("Exists");
        Optional<String> operator = Parameters.text(condition, "ComparisonOperator");
        if (value && list) {
            throw refuse("Value and AttributeValueList cannot be used together for Attribute: ", name);
        }
        if (operator.isPresent()) {
            if (exists != null) {
                throw refuse("Exists and ComparisonOperator cannot be used together for Attribute: ", name);
            }
            if (!value && !list && !operator.get().endsWith("NULL")) {
                throw refuse(
                        "Value or AttributeValueList must be used with ComparisonOperator: " + operator.get()
                                + " for Attribute: ",
                        name);
            }
            return;
        }
        if (list) {
            throw refuse("AttributeValueList can only be used with a ComparisonOperator for Attribute: ", name);
        }
        if (Boolean.FALSE.equals(exists) && value) {
            throw refuse("Value cannot be used when Exists is false for Attribute: ", name);
        }
        if (!Boolean.FALSE.equals(exists) && !value) {
            throw refuse(
                    "Value must be provided when Exists is " + (exists == null ? "null" : "true") + " for Attribute: ",
                    name);
        }
    }

    private static RuntimeException refuse(String message, String name) {
        return Refusals.parameters("%s", message + name);
    }

    private static List<Value> arguments(Struct condition) {
        if (condition.get("Value") instanceof Struct value) {
            return List.of(AttributeValues.read(value));
        }
        List<Value> values = new ArrayList<>();
        if (condition.get("AttributeValueList") instanceof List<?> list) {
            list.forEach(value -> values.add(AttributeValues.read((Struct) value)));
        }
        return values;
    }

    private static void checkArguments(String operator, List<Value> arguments) {
        boolean right = switch (operator) {
            case "NULL", "NOT_NULL" -> arguments.isEmpty();
            case "BETWEEN" -> arguments.size() == 2;
            case "IN" -> !arguments.isEmpty();
            default -> arguments.size() == 1;
        };
        if (!right) {
            throw Refusals.parameters("Invalid number of argument(s) for the %s ComparisonOperator", operator);
        }
        arguments.stream()
                .map(Value::type)
                .filter(type -> !takes(operator, type))
                .findFirst()
                .ifPresent(type -> {
                    throw Refusals.parameters(
                            "ComparisonOperator %s is not valid for %s AttributeValue type", operator, type);
                });
        if (arguments.stream().map(Value::type).distinct().count() > 1) {
            throw Refusals.parameters("AttributeValues inside AttributeValueList must be of same type");
        }
        if (operator.equals("BETWEEN")
                && ((Value.Scalar) arguments.get(0)).compareTo((Value.Scalar) arguments.get(1)) > 0) {
            throw Refusals.invalid("The BETWEEN condition was provided a range where the lower bound is greater"
                    + " than the upper bound");
        }
    }

    private static boolean takes(String operator, Type type) {
        return switch (operator) {
            case "EQ", "NE" -> true;
            case "BEGINS_WITH" -> type == Type.S || type == Type.B;
            default -> type == Type.S || type == Type.N || type == Type.B;
        };
    }

    private static Predicate predicate(String operator) {
        return switch (operator) {
            case "NULL" -> Asks.IS_MISSING;
            case "NOT_NULL" -> Asks.EXISTS;
            case "BETWEEN" -> Asks.BETWEEN;
            case "IN" -> Asks.IN;
            case "BEGINS_WITH" -> Asks.BEGINS_WITH;
            case "CONTAINS" -> Asks.CONTAINS;
            default -> new Predicate.Compares(Comparator.valueOf(operator));
        };
    }

    /// What `KeyConditions` demand of the key attributes.
    static KeyCondition keys(Struct in) {
        Map<String, KeyCondition.Demand> demands = new LinkedHashMap<>();
        Parameters.structs(in, "KeyConditions").forEach((name, condition) -> {
            String operator = Parameters.text(condition, "ComparisonOperator").orElseThrow();
            List<Value> arguments = arguments(condition);
            checkArguments(operator, arguments);
            switch (operator) {
                case "EQ", "LE", "LT", "GE", "GT", "BETWEEN", "BEGINS_WITH" -> {}
                default -> throw Refusals.invalid("Attempted conditional constraint is not an indexable operation");
            }
            demands.put(name, new KeyCondition.Demand(predicate(operator), arguments));
        });
        return new KeyCondition(demands);
    }
}
