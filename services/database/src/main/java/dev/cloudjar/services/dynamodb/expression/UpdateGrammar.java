package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Problems.Rank;
import dev.cloudjar.services.dynamodb.expression.Token.Kind;
import dev.cloudjar.services.dynamodb.expression.Update.Action;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The grammar of updates: `SET`, `REMOVE`, `ADD` and `DELETE`, each at most once, in any order.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
final class UpdateGrammar {
    /// The four sections.
    private enum Section {
        SET,
        REMOVE,
        ADD,
        DELETE
    }

    private UpdateGrammar() {}

    static Update update(Reading in) {
        List<Action> actions = new ArrayList<>();
        Set<Section> seen = EnumSet.noneOf(Section.class);
        do {
            Section section = section(in).orElseThrow(in::syntaxError);
            if (!seen.add(section)) {
                in.problem(
                        Rank.STRUCTURE,
                        "The \"" + section + "\" section can only be used once in an update expression;");
            }
            do {
                actions.add(action(in, section));
            } while (in.takes(","));
        } while (in.peek().kind() != Kind.END);
        Path.clash(actions.stream().map(Action::path).toList()).ifPresent(clash -> in.problem(Rank.CLASH, clash));
        return new Update(actions);
    }

    private static Optional<Section> section(Reading in) {
        return Stream.of(Section.values())
                .filter(section -> in.takesWord(section.name()))
                .findFirst();
    }

    private static Action action(Reading in, Section section) {
        Path path = in.path();
        return switch (section) {
            case SET -> {
                in.expect("=");
                yield new Action.Set(path, sum(in));
            }
            case REMOVE -> new Action.Remove(path);
            case ADD -> new Action.Add(path, operand(in, section));
            case DELETE -> new Action.Delete(path, operand(in, section));
        };
    }

    private static Value operand(Reading in, Section section) {
        if (in.peek().kind() != Kind.COLON) {
            throw in.syntaxError();
        }
        Value value = in.value();
        boolean allowed = value.type().isSet() || section == Section.ADD && value.type() == Type.N;
        if (!allowed) {
            in.problem(
                    Rank.OPERAND,
                    "Incorrect operand type for operator or function; operator: " + section + ", operand type: "
                            + value.type().word() + ", typeSet: ALLOWED_FOR_" + section + "_OPERAND");
        }
        return value;
    }

    private static Term sum(Reading in) {
        return sum(in, in.peek().is("(") ? group(in) : term(in));
    }

    /// What begins with `left`: a sum has two operands, of which neither is a sum.
    private static Term sum(Reading in, Term left) {
        if (!in.peek().is("+") && !in.peek().is("-")) {
            return left;
        }
        if (left instanceof Term.Sum) {
            throw in.syntaxError();
        }
        String sign = in.next().text();
        Term right = term(in);
        checkNested(in, List.of(left, right));
        checkTypes(in, sign, List.of(left, right), Type.N);
        return new Term.Sum(left, right, sign.equals("-"));
    }

    private static Term group(Reading in) {
        in.expect("(");
        boolean twice = in.peek().is("(");
        Term inner = twice ? group(in) : term(in);
        if (twice && in.peek().is(")")) {
            in.problem(Rank.STRUCTURE, "The expression has redundant parentheses;");
        }
        Term whole = sum(in, inner);
        in.expect(")");
        return whole;
    }

    /// Refuses `list_append` as the operand of anything.
    private static void checkNested(Reading in, List<Term> operands) {
        if (operands.stream().anyMatch(Term.ListAppend.class::isInstance)) {
            in.problem(
                    Rank.MISPLACED_FUNCTION,
                    "The function is not allowed to be used this way in an expression; function: list_append");
        }
    }

    private static Term term(Reading in) {
        if (in.takes("(")) {
            Term inner = term(in);
            in.expect(")");
            return inner;
        }
        if (in.peek().kind() == Kind.COLON) {
            return new Term.Given(in.value());
        }
        if (in.peek().kind() == Kind.NAME && in.peekSecond().is("(")) {
            return call(in);
        }
        return new Term.At(in.path());
    }

    private static Term call(Reading in) {
        String name = in.next().text();
        List<Term> operands = new ArrayList<>();
        in.expect("(");
        do {
            operands.add(term(in));
        } while (in.takes(","));
        in.expect(")");
        checkNested(in, operands);
        Optional<Function> function = Function.named(name);
        if (function.isEmpty()) {
            in.problem(Rank.UNKNOWN_FUNCTION, "Invalid function name; function: " + name);
        } else if (!function.get().isOfUpdates()) {
            in.problem(
                    Rank.MISPLACED_FUNCTION, "The function is not allowed in an update expression; function: " + name);
        } else if (operands.size() != function.get().operands()) {
            in.problem(
                    Rank.OPERAND_COUNT,
                    "Incorrect number of operands for operator or function; operator or function: " + name
                            + ", number of operands: " + operands.size());
        } else {
            return called(in, function.get(), operands);
        }
        return operands.getFirst();
    }

    private static Term called(Reading in, Function function, List<Term> operands) {
        if (function == Function.LIST_APPEND) {
            checkTypes(in, function.text(), operands, Type.L);
            return new Term.ListAppend(operands.get(0), operands.get(1));
        }
        if (operands.getFirst() instanceof Term.At at) {
            return new Term.IfNotExists(at.path(), operands.get(1));
        }
        in.problem(Rank.OPERAND, "Operator or function requires a document path; operator or function: if_not_exists");
        return operands.getFirst();
    }

    private static void checkTypes(Reading in, String operator, List<Term> operands, Type type) {
        for (Term operand : operands) {
            if (operand instanceof Term.Given given && given.value().type() != type) {
                Operands.wrongType(in, operator, given.value().type());
            }
        }
    }
}
