package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Query asks of the key attributes: at most one demand each.
public record KeyCondition(Map<String, Demand> demands) {
    public static final KeyCondition NONE = new KeyCondition(Map.of());

    private static final String PARAMETER = "KeyConditionExpression";

    /// A demand on one key attribute.
    public record Demand(Predicate predicate, List<Value> values) {
        public boolean isEquality() {
            return predicate instanceof Predicate.Compares compares && compares.comparator() == Comparator.EQ;
        }
    }

    /// The values that the attributes called `names` must have, as far as it demands such.
    public Map<String, Value> equal(List<String> names) {
        Map<String, Value> equal = new LinkedHashMap<>();
        names.forEach(name -> Optional.ofNullable(demands.get(name))
                .filter(Demand::isEquality)
                .ifPresent(demand -> equal.put(name, demand.values().getFirst())));
        return equal;
    }

    public static KeyCondition parse(String text, Placeholders given) {
        Map<String, Demand> demands = new LinkedHashMap<>();
        for (Requirement part : parts(Requirement.parse(PARAMETER, text, given))) {
            switch (part) {
                case Requirement.Test test -> add(demands, test);
                case Requirement.Any _ -> throw operator("OR");
                case Requirement.Not _ -> throw operator("NOT");
                case Requirement.All _ -> throw operator("AND");
            }
        }
        return new KeyCondition(demands);
    }

    /// What some conditions that must all hold demand of key attributes: as far as they are such demands.
    public static KeyCondition within(List<Requirement> parts, Collection<String> keys) {
        Map<String, Demand> demands = new LinkedHashMap<>();
        for (Requirement part : parts) {
            if (isDemand(part, keys)) {
                Map<String, Demand> one = new LinkedHashMap<>();
                add(one, (Requirement.Test) part);
                one.forEach(demands::putIfAbsent);
            }
        }
        return new KeyCondition(demands);
    }

    private static boolean isDemand(Requirement part, Collection<String> keys) {
        return part instanceof Requirement.Test test
                && (test.predicate() instanceof Predicate.Compares compares && compares.comparator() != Comparator.NE
                        || test.predicate() == Asks.BETWEEN
                        || test.predicate() == Asks.BEGINS_WITH)
                && test.operands().getFirst() instanceof Operand.At at
                && at.path().isAttribute()
                && keys.contains(at.path().attribute())
                && test.operands().stream().skip(1).allMatch(operand -> operand instanceof Operand.Given);
    }

    private static List<Requirement> parts(Requirement condition) {
        if (!(condition instanceof Requirement.All all)) {
            return List.of(condition);
        }
        List<Requirement> parts = new ArrayList<>();
        all.parts().forEach(part -> parts.addAll(parts(part)));
        return parts;
    }

    private static AwsError operator(String operator) {
        return Refusals.invalid("Invalid operator used in %s: %s", PARAMETER, operator);
    }

    private static void add(Map<String, Demand> demands, Requirement.Test test) {
        checkOperator(test.predicate());
        boolean mirrored = test.operands().getFirst() instanceof Operand.Given;
        List<Operand> operands = mirrored ? test.operands().reversed() : test.operands();
        if (operands.stream().anyMatch(operand -> operand instanceof Operand.Size)) {
            throw operator("size");
        }
        if (!(operands.getFirst() instanceof Operand.At at)) {
            throw Refusals.invalid("Invalid condition in %s: No key attribute specified", PARAMETER);
        }
        if (!at.path().isAttribute()) {
            throw Refusals.invalid("Invalid %s: %ss cannot have conditions on nested attributes", PARAMETER, PARAMETER);
        }
        List<Value> values = new ArrayList<>();
        for (Operand operand : operands.subList(1, operands.size())) {
            if (!(operand instanceof Operand.Given given)) {
                throw Refusals.invalid(
                        "Invalid condition in %s: Multiple attribute names used in one condition", PARAMETER);
            }
            values.add(given.value());
        }
        Predicate predicate = mirrored ? mirrored(test.predicate()) : test.predicate();
        if (demands.put(at.path().attribute(), new Demand(predicate, values)) != null) {
            throw Refusals.invalid("%ss must only contain one condition per key", PARAMETER);
        }
    }

    private static void checkOperator(Predicate predicate) {
        switch (predicate) {
            case Predicate.Compares compares when compares.comparator() == Comparator.NE -> throw operator("<>");
            case Predicate.Compares _ -> {}
            case Asks asks -> {
                switch (asks) {
                    case BETWEEN, BEGINS_WITH -> {}
                    case IN -> throw operator("IN");
                    case EXISTS -> throw operator("attribute_exists");
                    case IS_MISSING -> throw operator("attribute_not_exists");
                    case HAS_TYPE -> throw operator("attribute_type");
                    case CONTAINS -> throw operator("contains");
                }
            }
        }
    }

    /// `:a < b` is `b > :a`.
    private static Predicate mirrored(Predicate predicate) {
        return predicate instanceof Predicate.Compares compares
                ? new Predicate.Compares(
                        switch (compares.comparator()) {
                            case LT -> Comparator.GT;
                            case LE -> Comparator.GE;
                            case GT -> Comparator.LT;
                            case GE -> Comparator.LE;
                            case EQ, NE -> compares.comparator();
                        })
                : predicate;
    }
}
