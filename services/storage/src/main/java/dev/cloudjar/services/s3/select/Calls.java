package dev.cloudjar.services.s3.select;

import dev.cloudjar.services.s3.select.Token.Kind;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Calls of functions, those with words among their arguments too, and `CASE`.
final class Calls {
    private final Cursor cursor;
    private final ExpressionGrammar expressions;
    private final Functions functions;
    private final List<Aggregate> aggregates = new ArrayList<>();

    Calls(Cursor cursor, ExpressionGrammar expressions, Functions functions) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.functions = functions;
    }

    List<Aggregate> aggregates() {
        return aggregates;
    }

    /// Whether a word is the name of a function even where no parenthesis follows.
    static boolean isKeywordOfCall(Token token) {
        return token.is("CAST");
    }

    Expression call() {
        String name = cursor.next().text().toUpperCase(Locale.ROOT);
        cursor.expect("(", Fault.EXPECTED_LEFT_PAREN_AFTER_CAST);
        if (Aggregate.NAMES.contains(name)) {
            return aggregate(name);
        }
        return switch (name) {
            case "CAST" -> cast();
            case "EXTRACT" -> extract();
            case "TRIM" -> trim();
            case "SUBSTRING" -> substring();
            case "DATE_ADD", "DATE_DIFF" -> date(name);
            default -> functions.call(name, list());
        };
    }

    /// Expressions up to the closing parenthesis.
    List<Expression> list() {
        List<Expression> list = new ArrayList<>();
        if (cursor.take(")")) {
            return list;
        }
        do {
            list.add(expressions.expression());
        } while (cursor.take(","));
        close();
        return list;
    }

    private void close() {
        cursor.expect(")", Fault.EXPECTED_RIGHT_PAREN);
    }

    private Expression aggregate(String name) {
        if (cursor.peek().is("*")) {
            cursor.next();
            if (!name.equals("COUNT")) {
                throw Fault.CALL_WITH_STAR.error();
            }
            close();
            return added(new Aggregate(name, _ -> BigDecimal.ONE));
        }
        int before = aggregates.size();
        List<Expression> arguments = list();
        if (arguments.size() != 1) {
            throw Fault.NON_UNARY_AGGREGATE.error();
        }
        if (aggregates.size() > before) {
            throw Fault.UNSUPPORTED_STRUCTURE.error();
        }
        return added(new Aggregate(name, arguments.getFirst()));
    }

    private Aggregate added(Aggregate aggregate) {
        aggregates.add(aggregate);
        return aggregate;
    }

    private Expression cast() {
        Expression value = expressions.expression();
        cursor.expect("AS", Fault.EXPECTED_KEYWORD);
        Token name = cursor.next();
        if (name.kind() != Kind.NAME) {
            throw Fault.EXPECTED_TYPE_NAME.error();
        }
        Conversion type = Conversion.named(name.text());
        if (cursor.take("(")) {
            list();
        }
        close();
        return row -> type.of(value.of(row));
    }

    private Expression extract() {
        String part = cursor.next().text();
        cursor.expect("FROM", Fault.EXPECTED_KEYWORD);
        Expression timestamp = expressions.expression();
        close();
        return Functions.extract(part, timestamp);
    }

    private Expression date(String name) {
        ChronoUnit part = Timestamp.part(cursor.next().text());
        cursor.expect(",", Fault.EXPECTED_TOKEN);
        List<Expression> rest = list();
        if (rest.size() != 2) {
            throw Fault.INVALID_ARGUMENTS.error();
        }
        return name.equals("DATE_ADD")
                ? Functions.dateAdd(part, rest.get(0), rest.get(1))
                : Functions.dateDiff(part, rest.get(0), rest.get(1));
    }

    /// `TRIM([[LEADING | TRAILING | BOTH] chars FROM] text)`.
    private Expression trim() {
        String ends = "BOTH";
        boolean said = cursor.peek().is("LEADING")
                || cursor.peek().is("TRAILING")
                || cursor.peek().is("BOTH");
        if (said) {
            ends = cursor.next().text().toUpperCase(Locale.ROOT);
        }
        Expression blank = _ -> " ";
        Expression first = said && cursor.peek().is("FROM") ? blank : expressions.expression();
        boolean from = cursor.take("FROM");
        Expression text = from ? expressions.expression() : first;
        close();
        return Functions.trim(ends, from ? first : blank, text);
    }

    /// `SUBSTRING(text FROM 2 FOR 3)`, or with commas.
    private Expression substring() {
        List<Expression> arguments = new ArrayList<>();
        arguments.add(expressions.expression());
        if (cursor.take("FROM") || cursor.take(",")) {
            arguments.add(expressions.expression());
            if (cursor.take("FOR") || cursor.take(",")) {
                arguments.add(expressions.expression());
            }
        }
        close();
        return Functions.substring(arguments);
    }

    private record When(Expression condition, Expression value) {}

    /// `CASE WHEN condition THEN value … ELSE value END`, or with a value to compare after `CASE`.
    Expression choice() {
        cursor.next();
        boolean simple = !cursor.peek().is("WHEN");
        Expression subject = simple ? expressions.expression() : _ -> true;
        List<When> whens = new ArrayList<>();
        while (cursor.take("WHEN")) {
            Expression test = expressions.expression();
            cursor.expect("THEN", Fault.EXPECTED_KEYWORD);
            Expression condition = simple ? row -> Operators.compared("=", subject.of(row), test.of(row)) : test;
            whens.add(new When(condition, expressions.expression()));
        }
        if (whens.isEmpty()) {
            throw Fault.EXPECTED_WHEN.error();
        }
        Expression otherwise = cursor.take("ELSE") ? expressions.expression() : _ -> Absent.NULL;
        cursor.expect("END", Fault.EXPECTED_KEYWORD);
        return row -> whens.stream()
                .filter(when -> when.condition().holds(row))
                .findFirst()
                .map(When::value)
                .orElse(otherwise)
                .of(row);
    }
}
