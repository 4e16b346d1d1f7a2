package dev.cloudjar.services.s3.select;

import dev.cloudjar.services.s3.select.Path.Step;
import dev.cloudjar.services.s3.select.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Expressions, by the precedence of their operators: OR, AND, NOT, comparisons, sums, products, signs, terms.
final class ExpressionGrammar {
    private static final List<String> COMPARISONS = List.of("=", "<>", "!=", "<=", ">=", "<", ">");
    private static final int DEEPEST = 200;

    private final Cursor cursor;
    private final List<String> sources;
    private final Calls calls;
    private Optional<String> lastName = Optional.empty();
    private boolean bareColumns;
    private int depth;

    /// `sources` are the names that mean the record itself.
    ExpressionGrammar(Cursor cursor, List<String> sources, Functions functions) {
        this.cursor = cursor;
        this.sources = sources;
        this.calls = new Calls(cursor, this, functions);
    }

    List<Aggregate> aggregates() {
        return calls.aggregates();
    }

    /// Whether a column of the answer is neither within an aggregate nor made of nothing but constants.
    boolean hasBareColumns() {
        return bareColumns;
    }

    /// What the expression that was read last is called: the last name of a path that stands alone.
    Optional<String> nameOfLast() {
        return lastName;
    }

    /// Takes `s.*`, where `s` is the record.
    boolean isAllOfSource() {
        if (!isSource(cursor.peek()) || !cursor.isFollowedBy(".")) {
            return false;
        }
        var ahead = cursor.peek(2);
        if (!ahead.is("*")) {
            return false;
        }
        cursor.next();
        cursor.next();
        cursor.next();
        return true;
    }

    private boolean isSource(Token token) {
        return token.isName() && sources.stream().anyMatch(token.text()::equalsIgnoreCase);
    }

    /// An expression of the SELECT list.
    Expression column() {
        lastName = Optional.empty();
        int aggregates = aggregates().size();
        boolean before = bareColumns;
        bareColumns = false;
        Expression value = expression();
        bareColumns = before || bareColumns && aggregates().size() == aggregates;
        return value;
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw Fault.UNSUPPORTED_STRUCTURE.error();
        }
        Expression left = conjunction();
        while (cursor.take("OR")) {
            left = joined(left, conjunction(), Operators::or);
        }
        depth--;
        return left;
    }

    private Expression conjunction() {
        Expression left = negation();
        while (cursor.take("AND")) {
            left = joined(left, negation(), Operators::and);
        }
        return left;
    }

    private interface Join {
        Object of(Object one, Object other);
    }

    private Expression joined(Expression left, Expression right, Join join) {
        lastName = Optional.empty();
        return row -> join.of(left.of(row), right.of(row));
    }

    private Expression negation() {
        if (cursor.take("NOT")) {
            Expression inner = negation();
            lastName = Optional.empty();
            return row -> Operators.not(inner.of(row));
        }
        return comparison();
    }

    private Expression comparison() {
        Expression left = sum();
        Optional<String> sign = COMPARISONS.stream().filter(cursor.peek()::is).findFirst();
        if (sign.isPresent()) {
            cursor.next();
            return joined(left, sum(), (one, other) -> Operators.compared(sign.get(), one, other));
        }
        if (cursor.take("IS")) {
            return presence(left);
        }
        boolean not = cursor.take("NOT");
        Expression condition = condition(left, not);
        return not ? row -> Operators.not(condition.of(row)) : condition;
    }

    /// `IS NULL`, true of what is missing, too, and `IS MISSING`.
    private Expression presence(Expression left) {
        lastName = Optional.empty();
        boolean not = cursor.take("NOT");
        if (cursor.take("MISSING")) {
            return row -> (left.of(row) == Absent.MISSING) != not;
        }
        cursor.expect("NULL", Fault.EXPECTED_KEYWORD);
        return row -> (left.of(row) instanceof Absent) != not;
    }

    private Expression condition(Expression left, boolean expected) {
        if (cursor.take("BETWEEN")) {
            Expression low = sum();
            cursor.expect("AND", Fault.EXPECTED_KEYWORD);
            Expression high = sum();
            lastName = Optional.empty();
            return row -> Operators.and(
                    Operators.compared(">=", left.of(row), low.of(row)),
                    Operators.compared("<=", left.of(row), high.of(row)));
        }
        if (cursor.take("IN")) {
            cursor.expect("(", Fault.EXPECTED_TOKEN);
            List<Expression> choices = calls.list();
            lastName = Optional.empty();
            return row -> {
                Object value = left.of(row);
                return choices.stream()
                        .map(choice -> Operators.compared("=", value, choice.of(row)))
                        .reduce(false, Operators::or);
            };
        }
        if (cursor.take("LIKE")) {
            Expression pattern = sum();
            Expression escape = cursor.take("ESCAPE") ? sum() : _ -> "";
            lastName = Optional.empty();
            return row -> Operators.like(left.of(row), pattern.of(row), escape.of(row));
        }
        if (expected) {
            throw Fault.EXPECTED_KEYWORD.error();
        }
        return left;
    }

    private Expression sum() {
        Expression left = product();
        for (Token sign = cursor.peek(); sign.is("+") || sign.is("-") || sign.is("||"); sign = cursor.peek()) {
            String operator = cursor.next().text();
            left = joined(left, product(), (one, other) -> Operators.calculated(operator, one, other));
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        for (Token sign = cursor.peek(); sign.is("*") || sign.is("/") || sign.is("%"); sign = cursor.peek()) {
            String operator = cursor.next().text();
            left = joined(left, signed(), (one, other) -> Operators.calculated(operator, one, other));
        }
        return left;
    }

    private Expression signed() {
        if (cursor.take("-")) {
            Expression value = nameless(signed());
            return row -> Operators.calculated("-", BigDecimal.ZERO, value.of(row));
        }
        cursor.take("+");
        return term();
    }

    private Expression term() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case STRING -> constant(token.text());
            case NUMBER -> constant(new BigDecimal(token.text()));
            case ION -> constant(ion(token.text()));
            case NAME, QUOTED_NAME -> named();
            default -> {
                if (!cursor.take("(")) {
                    throw (cursor.isAtEnd() ? Fault.EXPECTED_EXPRESSION : Fault.UNEXPECTED_TERM).error();
                }
                Expression inner = expression();
                cursor.expect(")", Fault.EXPECTED_TOKEN);
                yield inner;
            }
        };
    }

    private Expression constant(Object value) {
        cursor.next();
        return _ -> value;
    }

    /// A literal in Ion's spelling: a timestamp, a number or a word.
    private static Object ion(String text) {
        String bare = text.strip();
        Optional<BigDecimal> number = Conversion.numeric(bare);
        if (bare.indexOf('T') > 0 || bare.indexOf('-') > 0) {
            return Timestamp.parse(bare);
        }
        return number.isPresent() ? number.get() : bare;
    }

    private Expression nameless(Expression value) {
        lastName = Optional.empty();
        return value;
    }

    private Expression named() {
        Token token = cursor.peek();
        if (token.kind() == Kind.NAME) {
            switch (token.text().toUpperCase(java.util.Locale.ROOT)) {
                case "TRUE":
                    return constant(true);
                case "FALSE":
                    return constant(false);
                case "NULL":
                    return constant(Absent.NULL);
                case "MISSING":
                    return constant(Absent.MISSING);
                case "CASE":
                    return nameless(calls.choice());
                default:
                    break;
            }
            if (cursor.isFollowedBy("(") || Calls.isKeywordOfCall(token)) {
                return nameless(calls.call());
            }
            if (Cursor.isReserved(token)) {
                throw Fault.EXPECTED_EXPRESSION.error();
            }
        }
        return path();
    }

    /// A column, or a way into the record or a column.
    private Expression path() {
        Token first = cursor.next();
        boolean whole = isSource(first);
        boolean exact = first.kind() == Kind.QUOTED_NAME;
        List<Step> steps = new ArrayList<>();
        while (cursor.peek().is(".") || cursor.peek().is("[")) {
            steps.add(QueryGrammar.step(cursor));
        }
        bareColumns = true;
        lastName = steps.isEmpty() ? Optional.of(first.text()) : new Path(steps).lastName();
        if (!whole) {
            var rest = new Path(steps);
            return row -> rest.in(row.column(first.text(), exact));
        }
        if (steps.isEmpty() || steps.getFirst().name().isEmpty()) {
            var all = new Path(steps);
            return row -> all.in(row.value());
        }
        Step column = steps.getFirst();
        var rest = new Path(steps.subList(1, steps.size()));
        return row -> rest.in(row.column(column.name(), column.kind() == Path.Kind.EXACT_NAME));
    }
}
