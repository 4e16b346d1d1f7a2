package dev.cloudjar.services.s3.select;

import dev.cloudjar.services.s3.select.Path.Kind;
import dev.cloudjar.services.s3.select.Path.Step;
import dev.cloudjar.services.s3.select.Query.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The clauses of a query: SELECT, FROM, WHERE, LIMIT.
final class QueryGrammar {
    private static final String SOURCE = "S3Object";
    private static final List<String> UNSUPPORTED =
            List.of("GROUP", "ORDER", "HAVING", "JOIN", "INNER", "LEFT", "RIGHT", "CROSS", "UNION");

    private final String text;
    private final Instant now;

    QueryGrammar(String text, Instant now) {
        this.text = text;
        this.now = now;
    }

    /// The data source comes after the list that speaks of it, and so is read first.
    Query query() {
        Source source = new Source(text);
        var cursor = new Cursor(text);
        if (!cursor.take("SELECT")) {
            throw (cursor.peek().isName() ? Fault.UNSUPPORTED_OPERATION : Fault.EXPECTED_KEYWORD).error();
        }
        var expressions = new ExpressionGrammar(cursor, source.names, new Functions(now));
        List<Column> columns = columns(cursor, expressions);
        int aggregates = expressions.aggregates().size();
        boolean mixed = aggregates > 0 && expressions.hasBareColumns();
        cursor.expect("FROM", Fault.SELECT_MISSING_FROM);
        Source.check(cursor);
        Optional<Expression> where = Optional.empty();
        if (cursor.take("WHERE")) {
            where = Optional.of(expressions.expression());
        }
        if (mixed || expressions.aggregates().size() > aggregates) {
            throw Fault.UNSUPPORTED_STRUCTURE.error();
        }
        long limit = cursor.take("LIMIT") ? limit(cursor) : Long.MAX_VALUE;
        cursor.take(";");
        if (!cursor.isAtEnd()) {
            boolean known = UNSUPPORTED.stream().anyMatch(cursor.peek()::is);
            throw (known ? Fault.UNSUPPORTED_STRUCTURE : Fault.UNEXPECTED_TOKEN).error();
        }
        return new Query(columns, source.path, where, limit, expressions.aggregates());
    }

    private static List<Column> columns(Cursor cursor, ExpressionGrammar expressions) {
        List<Column> columns = new ArrayList<>();
        if (cursor.peek().is("FROM")) {
            throw Fault.EMPTY_SELECT.error();
        }
        if (cursor.take("*")) {
            if (cursor.peek().is(",")) {
                throw Fault.ASTERISK_NOT_ALONE.error();
            }
            return columns;
        }
        do {
            if (cursor.peek().is("*")) {
                throw Fault.ASTERISK_NOT_ALONE.error();
            }
            if (expressions.isAllOfSource()) {
                return columns;
            }
            Expression value = expressions.column();
            String name = name(cursor, expressions, columns.size() + 1);
            boolean taken = columns.stream().anyMatch(column -> column.name().equals(name));
            columns.add(new Column(taken ? "_" + (columns.size() + 1) : name, value));
        } while (cursor.take(","));
        return columns;
    }

    private static String name(Cursor cursor, ExpressionGrammar expressions, int number) {
        boolean as = cursor.take("AS");
        if (cursor.isAtName()) {
            return cursor.next().text();
        }
        if (as) {
            throw Fault.EXPECTED_ALIAS.error();
        }
        return expressions.nameOfLast().orElse("_" + number);
    }

    private static long limit(Cursor cursor) {
        boolean negative = cursor.take("-");
        Token number = cursor.next();
        if (number.kind() != Token.Kind.NUMBER) {
            throw Fault.EXPECTED_NUMBER.error();
        }
        if (negative) {
            throw Fault.NEGATIVE_LIMIT.error();
        }
        try {
            return Long.parseLong(number.text());
        } catch (NumberFormatException notWhole) {
            throw Fault.EXPECTED_NUMBER.error();
        }
    }

    /// `S3Object[*].path AS alias`.
    private static final class Source {
        private final Path path;
        private final List<String> names = new ArrayList<>();

        private Source() {
            this.path = new Path(List.of());
        }

        /// Looks the source up before the list of columns is read.
        Source(String text) {
            var cursor = new Cursor(text);
            int depth = 0;
            while (!cursor.isAtEnd() && !(depth == 0 && cursor.peek().is("FROM"))) {
                Token token = cursor.next();
                depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            }
            this.path = cursor.take("FROM") ? read(cursor) : new Path(List.of());
        }

        /// Passes over the source where it stands.
        static void check(Cursor cursor) {
            new Source().read(cursor);
            if (cursor.peek().is(",")) {
                throw Fault.MULTIPLE_DATA_SOURCES.error();
            }
        }

        private Path read(Cursor cursor) {
            if (cursor.peek().is("(")) {
                throw Fault.UNSUPPORTED_STRUCTURE.error();
            }
            if (!cursor.isAtName() || !cursor.peek().text().equalsIgnoreCase(SOURCE)) {
                throw Fault.UNEXPECTED_TOKEN.error();
            }
            cursor.next();
            names.add(SOURCE);
            Path found = steps(cursor);
            boolean as = cursor.take("AS");
            if (cursor.isAtName()) {
                names.add(cursor.next().text());
            } else if (as) {
                throw Fault.EXPECTED_ALIAS.error();
            } else {
                found.lastName().ifPresent(names::add);
            }
            return found;
        }

        /// The first `[*]` means the records themselves.
        private static Path steps(Cursor cursor) {
            List<Step> steps = new ArrayList<>();
            boolean records = false;
            while (cursor.peek().is("[") || cursor.peek().is(".")) {
                Step step = step(cursor);
                if (!records && steps.isEmpty() && step.kind() == Kind.EACH) {
                    records = true;
                } else {
                    steps.add(step);
                }
            }
            return new Path(steps);
        }
    }

    /// `.name`, `.*`, `[3]`, `['name']` or `[*]`.
    static Step step(Cursor cursor) {
        if (cursor.take(".")) {
            if (cursor.take("*")) {
                return Step.of(Kind.EACH_MEMBER);
            }
            Token name = cursor.next();
            if (!name.isName()) {
                throw Fault.UNEXPECTED_TOKEN.error();
            }
            return Step.name(name.text(), name.kind() == Token.Kind.QUOTED_NAME);
        }
        cursor.expect("[", Fault.UNEXPECTED_TOKEN);
        Token inner = cursor.next();
        cursor.expect("]", Fault.EXPECTED_TOKEN);
        return switch (inner.kind()) {
            case STRING -> Step.name(inner.text(), true);
            case NUMBER -> Step.index(Integer.parseInt(inner.text()));
            default -> {
                if (!inner.is("*")) {
                    throw Fault.UNEXPECTED_TOKEN.error();
                }
                yield Step.of(Kind.EACH);
            }
        };
    }
}
