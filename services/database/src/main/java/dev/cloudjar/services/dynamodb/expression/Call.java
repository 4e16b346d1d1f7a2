package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.expression.Problems.Rank;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The call of a function in a condition.
record Call(String name, List<Operand> operands) {
    static Call read(Reading in, java.util.function.Function<Reading, Operand> operand) {
        String name = in.next().text();
        List<Operand> operands = new ArrayList<>();
        in.expect("(");
        do {
            operands.add(operand.apply(in));
        } while (in.takes(","));
        in.expect(")");
        return new Call(name, operands);
    }

    /// The call as something to compare.
    Operand operand(Reading in) {
        var function = Function.named(name);
        if (function.isEmpty()) {
            in.problem(Rank.UNKNOWN_FUNCTION, "Invalid function name; function: " + name);
        } else if (function.get().isOfUpdates()) {
            in.problem(
                    Rank.MISPLACED_FUNCTION,
                    "The function is not allowed in a condition expression; function: " + name);
        } else if (!function.get().isOperand()) {
            in.problem(Rank.MISPLACED_FUNCTION, ConditionGrammar.misused(name));
        } else if (hasAll(in, function.get())) {
            checkSized(in);
        }
        return new Operand.Size(operands.getFirst());
    }

    private void checkSized(Reading in) {
        if (operands.getFirst() instanceof Operand.Size) {
            in.problem(Rank.MISPLACED_FUNCTION, ConditionGrammar.misused(name));
        }
        operands.getFirst()
                .type()
                .filter(type -> type == Type.N || type == Type.BOOL || type == Type.NULL)
                .ifPresent(type -> Operands.wrongType(in, name, type));
    }

    private boolean hasAll(Reading in, Function function) {
        boolean all = operands.size() == function.operands();
        if (!all) {
            in.problem(
                    Rank.OPERAND_COUNT,
                    "Incorrect number of operands for operator or function; operator or function: " + name
                            + ", number of operands: " + operands.size());
        }
        return all;
    }

    /// The call as a question of its own.
    Requirement test(Reading in) {
        Function function = Function.named(name).orElseThrow();
        Asks asks = switch (function) {
            case ATTRIBUTE_EXISTS -> Asks.EXISTS;
            case ATTRIBUTE_NOT_EXISTS -> Asks.IS_MISSING;
            case ATTRIBUTE_TYPE -> Asks.HAS_TYPE;
            case BEGINS_WITH -> Asks.BEGINS_WITH;
            default -> Asks.CONTAINS;
        };
        if (hasAll(in, function)) {
            check(in, function);
        }
        return new Requirement.Test(asks, operands);
    }

    private void check(Reading in, Function function) {
        boolean needsPath = function != Function.BEGINS_WITH && function != Function.CONTAINS;
        if (needsPath && !(operands.getFirst() instanceof Operand.At)) {
            in.problem(Rank.OPERAND, "Operator or function requires a document path; operator or function: " + name);
        }
        switch (function) {
            case BEGINS_WITH ->
                operands.forEach(operand -> operand.type()
                        .filter(type -> type != Type.S && type != Type.B)
                        .ifPresent(type -> Operands.wrongType(in, name, type)));
            case ATTRIBUTE_TYPE -> checkTypeName(in);
            default -> {}
        }
        Operands.checkDistinct(in, name, operands);
    }

    private void checkTypeName(Reading in) {
        Operand named = operands.get(1);
        if (!(named instanceof Operand.Given given)) {
            in.problem(
                    Rank.OPERAND,
                    "Incorrect operand type for operator or function; operator or function: attribute_type, operand"
                            + " type: " + (named instanceof Operand.Size ? Type.N : "{path}"));
            return;
        }
        if (!(given.value() instanceof Value.S text)) {
            Operands.wrongType(in, name, given.value().type());
        } else if (Arrays.stream(Type.values()).noneMatch(type -> type.name().equals(text.text()))) {
            in.problem(
                    Rank.OPERAND,
                    "Invalid attribute type name found; type: " + text.text()
                            + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
    }
}
