package dev.cloudjar.services.dynamodb.partiql;

import dev.cloudjar.services.dynamodb.expression.Comparator;
import dev.cloudjar.services.dynamodb.expression.Operand;
import dev.cloudjar.services.dynamodb.expression.Predicate;
import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The grammar of `WHERE`: conditions of the same kinds as DynamoDB's own, in other words.
final class WhereGrammar {
    private WhereGrammar() {}

    /// The conditions that must all hold.
    static List<Requirement> parts(Cursor in) {
        Requirement whole = disjunction(in);
        return whole instanceof Requirement.All all ? all.parts() : List.of(whole);
    }

    private static Requirement disjunction(Cursor in) {
        List<Requirement> parts = new ArrayList<>();
        do {
            parts.add(conjunction(in));
        } while (in.takesKeyword("OR"));
        return parts.size() == 1 ? parts.getFirst() : new Requirement.Any(parts);
    }

    private static Requirement conjunction(Cursor in) {
        List<Requirement> parts = new ArrayList<>();
        do {
            Requirement part = negation(in);
            if (part instanceof Requirement.All all) {
                parts.addAll(all.parts());
            } else {
                parts.add(part);
            }
        } while (in.takesKeyword("AND"));
        return parts.size() == 1 ? parts.getFirst() : new Requirement.All(parts);
    }

    private static Requirement negation(Cursor in) {
        if (in.takesKeyword("NOT")) {
            return new Requirement.Not(negation(in));
        }
        if (in.takes("(")) {
            Requirement inner = disjunction(in);
            in.expect(")");
            return inner;
        }
        Optional<Asks> asks = asked(in.peek());
        if (asks.isPresent() && in.peekSecond().is("(")) {
            in.next();
            in.expect("(");
            List<Operand> operands = new ArrayList<>();
            do {
                operands.add(operand(in));
            } while (in.takes(","));
            in.expect(")");
            return new Requirement.Test(asks.get(), operands);
        }
        return comparison(in, operand(in));
    }

    private static Optional<Asks> asked(Word word) {
        if (word.isKeyword("begins_with")) {
            return Optional.of(Asks.BEGINS_WITH);
        }
        if (word.isKeyword("contains")) {
            return Optional.of(Asks.CONTAINS);
        }
        if (word.isKeyword("attribute_type")) {
            return Optional.of(Asks.HAS_TYPE);
        }
        return word.isKeyword("missing") ? Optional.of(Asks.IS_MISSING) : Optional.empty();
    }

    private static Operand operand(Cursor in) {
        if (in.atValue()) {
            return new Operand.Given(in.value());
        }
        if (in.peek().isKeyword("size") && in.peekSecond().is("(")) {
            in.next();
            in.expect("(");
            Operand inner = operand(in);
            in.expect(")");
            return new Operand.Size(inner);
        }
        return new Operand.At(in.path());
    }

    private static Requirement comparison(Cursor in, Operand left) {
        if (in.takesKeyword("IS")) {
            boolean not = in.takesKeyword("NOT");
            Requirement is = in.takesKeyword("MISSING")
                    ? new Requirement.Test(Asks.IS_MISSING, List.of(left))
                    : isNull(in, left);
            return not ? new Requirement.Not(is) : is;
        }
        if (in.takesKeyword("BETWEEN")) {
            Operand low = operand(in);
            in.expectKeyword("AND");
            return new Requirement.Test(Asks.BETWEEN, List.of(left, low, operand(in)));
        }
        if (in.takesKeyword("IN")) {
            String end = in.takes("[") ? "]" : ")";
            if (end.equals(")")) {
                in.expect("(");
            }
            List<Operand> operands = new ArrayList<>();
            operands.add(left);
            in.values(end).forEach(value -> operands.add(new Operand.Given(value)));
            return new Requirement.Test(Asks.IN, operands);
        }
        Comparator comparator = comparator(in);
        return new Requirement.Test(new Predicate.Compares(comparator), List.of(left, operand(in)));
    }

    private static Requirement isNull(Cursor in, Operand left) {
        in.expectKeyword("NULL");
        return new Requirement.Test(
                new Predicate.Compares(Comparator.EQ), List.of(left, new Operand.Given(new Value.Null())));
    }

    private static Comparator comparator(Cursor in) {
        Word word = in.peek();
        if (word.kind() != Word.Kind.SIGN) {
            throw in.unexpected();
        }
        Comparator comparator = switch (word.text()) {
            case "=" -> Comparator.EQ;
            case "<>", "!=" -> Comparator.NE;
            case "<" -> Comparator.LT;
            case "<=" -> Comparator.LE;
            case ">" -> Comparator.GT;
            case ">=" -> Comparator.GE;
            default -> throw in.unexpected();
        };
        in.next();
        return comparator;
    }
}
