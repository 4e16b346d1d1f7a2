package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Problems.Rank;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;

/// What operators demand of their operands before there is an item.
final class Operands {
    private Operands() {}

    static boolean isOrdered(Type type) {
        return type == Type.S || type == Type.N || type == Type.B;
    }

    static void checkOrdered(Reading in, String operator, List<Operand> operands) {
        operands.forEach(operand ->
                operand.type().filter(type -> !isOrdered(type)).ifPresent(type -> wrongType(in, operator, type)));
    }

    static void wrongType(Reading in, String operator, Type type) {
        in.problem(
                Rank.OPERAND,
                "Incorrect operand type for operator or function; operator or function: " + operator
                        + ", operand type: " + type);
    }

    static void checkDistinct(Reading in, String operator, List<Operand> operands) {
        Operand first = operands.getFirst();
        if (first instanceof Operand.At at
                && operands.subList(1, operands.size()).contains(first)) {
            in.problem(
                    Rank.OPERAND,
                    "The first operand must be distinct from the remaining operands for this operator or function;"
                            + " operator: " + operator + ", first operand: " + at.path());
        }
    }

    static void checkBetween(Reading in, Operand operand, Operand low, Operand high) {
        checkOrdered(in, "BETWEEN", List.of(operand, low, high));
        checkDistinct(in, "BETWEEN", List.of(operand, low, high));
        if (low instanceof Operand.Given from && high instanceof Operand.Given to) {
            String bounds = "; lower bound operand: AttributeValue: " + AttributeValues.printed(from.value())
                    + ", upper bound operand: AttributeValue: " + AttributeValues.printed(to.value());
            if (from.value().type() != to.value().type()) {
                in.problem(
                        Rank.OPERAND,
                        "The BETWEEN operator requires same data type for lower and upper bounds" + bounds);
            } else if (from.value() instanceof Value.Scalar one
                    && to.value() instanceof Value.Scalar other
                    && one.compareTo(other) > 0) {
                in.problem(
                        Rank.OPERAND,
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound"
                                + bounds);
            }
        }
    }
}
