package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.expression.Problems.Rank;
import dev.cloudjar.services.dynamodb.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The grammar of conditions: `OR` binds least, then `AND`, then `NOT`, then comparisons.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
final class ConditionGrammar {
    private static final int MOST_IN = 100;

    private ConditionGrammar() {}

    static Requirement condition(Reading in) {
        List<Requirement> parts = new ArrayList<>();
        do {
            parts.add(conjunction(in));
        } while (in.takesWord("OR"));
        return parts.size() == 1 ? parts.getFirst() : new Requirement.Any(parts);
    }

    private static Requirement conjunction(Reading in) {
        List<Requirement> parts = new ArrayList<>();
        do {
            parts.add(negation(in));
        } while (in.takesWord("AND"));
        return parts.size() == 1 ? parts.getFirst() : new Requirement.All(parts);
    }

    private static Requirement negation(Reading in) {
        return in.takesWord("NOT") ? new Requirement.Not(negation(in)) : primary(in);
    }

    private static Requirement primary(Reading in) {
        if (in.peek().is("(") && !holdsOperand(in)) {
            in.next();
            if (in.peek().is("(") && behind(in).is(")")) {
                in.problem(Rank.STRUCTURE, "The expression has redundant parentheses;");
            }
            Requirement inner = condition(in);
            in.expect(")");
            return inner;
        }
        boolean call = in.peek().kind() == Kind.NAME && in.peekSecond().is("(");
        if (call && Function.named(in.peek().text()).filter(f -> !f.isOperand()).isPresent()) {
            return asked(in);
        }
        return comparison(in, operand(in));
    }

    /// Whether the parenthesis that opens here ends before an operator that compares: then it holds an operand.
    private static boolean holdsOperand(Reading in) {
        Token after = behind(in);
        return Comparator.of(after).isPresent() || after.isWord("BETWEEN") || after.isWord("IN");
    }

    /// What stands behind the parenthesis that closes the one which opens here.
    private static Token behind(Reading in) {
        int depth = 0;
        for (int i = in.at().get(); i < in.tokens().size(); i++) {
            Token token = in.tokens().get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                return in.tokens().get(Math.min(i + 1, in.tokens().size() - 1));
            }
        }
        return in.tokens().getLast();
    }

    private static Requirement asked(Reading in) {
        Call call = Call.read(in, ConditionGrammar::operand);
        if (Comparator.of(in.peek()).isPresent()) {
            in.problem(Rank.MISPLACED_FUNCTION, misused(call.name()));
            in.next();
            operand(in);
        }
        return call.test(in);
    }

    static String misused(String function) {
        return "The function is not allowed to be used this way in an expression; function: " + function;
    }

    private static Requirement comparison(Reading in, Operand left) {
        Optional<Comparator> comparator = Comparator.of(in.peek());
        if (comparator.isPresent()) {
            in.next();
            return compared(in, comparator.get(), left, operand(in));
        }
        if (in.takesWord("BETWEEN")) {
            Operand low = operand(in);
            if (!in.takesWord("AND")) {
                throw in.syntaxError();
            }
            Operand high = operand(in);
            Operands.checkBetween(in, left, low, high);
            return new Requirement.Test(Asks.BETWEEN, List.of(left, low, high));
        }
        if (in.takesWord("IN")) {
            return among(in, left);
        }
        if (in.peek().kind() == Kind.END && left instanceof Operand.Size) {
            in.problem(Rank.MISPLACED_FUNCTION, misused("size"));
            return new Requirement.All(List.of());
        }
        throw in.syntaxError();
    }

    private static Requirement compared(Reading in, Comparator comparator, Operand left, Operand right) {
        if (comparator != Comparator.EQ && comparator != Comparator.NE) {
            Operands.checkOrdered(in, comparator.sign(), List.of(left, right));
        }
        Operands.checkDistinct(in, comparator.sign(), List.of(left, right));
        return new Requirement.Test(new Predicate.Compares(comparator), List.of(left, right));
    }

    private static Requirement among(Reading in, Operand left) {
        List<Operand> operands = new ArrayList<>();
        operands.add(left);
        in.expect("(");
        do {
            operands.add(operand(in));
        } while (in.takes(","));
        in.expect(")");
        if (operands.size() > MOST_IN + 1) {
            in.problem(
                    Rank.OPERAND_COUNT,
                    "The IN operator is provided with too many operands; number of operands: " + (operands.size() - 1));
        }
        Operands.checkDistinct(in, "IN", operands);
        return new Requirement.Test(Asks.IN, operands);
    }

    static Operand operand(Reading in) {
        if (in.takes("(")) {
            if (in.peek().is("(")) {
                in.problem(Rank.STRUCTURE, "The expression has redundant parentheses;");
            }
            Operand inner = operand(in);
            in.expect(")");
            return inner;
        }
        if (in.peek().kind() == Kind.COLON) {
            return new Operand.Given(in.value());
        }
        if (in.peek().kind() == Kind.NAME && in.peekSecond().is("(")) {
            return Call.read(in, ConditionGrammar::operand).operand(in);
        }
        return new Operand.At(in.path());
    }
}
