package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.kernel.Utf8;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.expression.Problems.Rank;
import dev.cloudjar.services.dynamodb.expression.Token.Kind;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// One expression being read: its tokens, how far reading has come, and what was found wrong on the way. It
/// reads what all grammars share: paths and placeholders.
record Reading(
        String parameter, String text, List<Token> tokens, AtomicInteger at, Placeholders given, Problems problems) {
    private static final int LONGEST = 4096;
    private static final int DEEPEST = 32;
    private static final int MOST_OPERATORS = 300;
    /// Beside these there is `BETWEEN`, which has an `AND` that stands for both.
    private static final List<String> WORDS = List.of("AND", "OR", "NOT", "IN");
    private static final Value NOTHING = new Value.Null();

    /// Reads `text`, the request's `parameter`, by `grammar`.
    static <R> R read(String parameter, String text, Placeholders given, Function<Reading, R> grammar) {
        var reading = new Reading(parameter, text, Lexer.tokens(text), new AtomicInteger(), given, new Problems());
        if (text.isEmpty()) {
            throw reading.refuse("The expression can not be empty;");
        }
        int size = Utf8.length(text);
        if (size > LONGEST) {
            throw reading.refuse("Expression size has exceeded the maximum allowed size; expression size: " + size);
        }
        R result = grammar.apply(reading);
        if (reading.peek().kind() != Kind.END) {
            throw reading.syntaxError();
        }
        reading.checkOperators();
        reading.problems.first().values().stream().findFirst().ifPresent(problem -> {
            throw reading.refuse(problem);
        });
        return result;
    }

    /// An operator or function has a token of its own: that few are within the bounds without being counted.
    private void checkOperators() {
        int count = tokens.size() <= MOST_OPERATORS ? 0 : operators();
        if (count > MOST_OPERATORS) {
            problem(Rank.STRUCTURE, "The expression contains too many operators; operator count: " + count);
        }
    }

    private int operators() {
        boolean update = parameter.equals("UpdateExpression");
        int count = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean word = WORDS.stream().anyMatch(token::isWord);
            boolean sign = token.is("+")
                    || token.is("-")
                    || !update && Comparator.of(token).isPresent();
            boolean function =
                    !word && token.kind() == Kind.NAME && tokens.get(i + 1).is("(");
            count += word || sign || function ? 1 : 0;
        }
        return count;
    }

    AwsError refuse(String problem) {
        return Refusals.invalid("%s", "Invalid " + parameter + ": " + problem);
    }

    AwsError syntaxError() {
        int here = at.get();
        Token token = tokens.get(here);
        int from = tokens.get(Math.max(here - 1, 0)).start();
        int to = tokens.get(Math.min(here + 1, tokens.size() - 1)).end();
        return refuse("Syntax error; token: \"" + token.text() + "\", near: \"" + text.substring(from, to) + "\"");
    }

    Token peek() {
        return tokens.get(at.get());
    }

    Token peekSecond() {
        return tokens.get(Math.min(at.get() + 1, tokens.size() - 1));
    }

    Token next() {
        return tokens.get(at.getAndIncrement());
    }

    boolean takes(String sign) {
        boolean there = peek().is(sign);
        if (there) {
            at.incrementAndGet();
        }
        return there;
    }

    boolean takesWord(String word) {
        boolean there = peek().isWord(word);
        if (there) {
            at.incrementAndGet();
        }
        return there;
    }

    void expect(String sign) {
        if (!takes(sign)) {
            throw syntaxError();
        }
    }

    void problem(Rank rank, String message) {
        problems.add(rank, message);
    }

    /// The value that the next token stands for.
    Value value() {
        String placeholder = next().text();
        return given.value(placeholder).orElseGet(() -> {
            problem(
                    Rank.UNDEFINED,
                    "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
            return NOTHING;
        });
    }

    boolean atPath() {
        return peek().kind() == Kind.NAME || peek().kind() == Kind.HASH;
    }

    Path path() {
        List<Path.Step> steps = new ArrayList<>();
        steps.add(name());
        while (peek().is(".") || peek().is("[")) {
            if (takes(".")) {
                steps.add(name());
            } else {
                steps.add(index());
            }
        }
        if (steps.size() > DEEPEST) {
            problem(Rank.STRUCTURE, "The document path has too many nesting elements; nesting levels: " + steps.size());
        }
        var path = new Path(steps);
        if (!path.isAttribute()) {
            given.nested().add(path);
        }
        return path;
    }

    private Path.Step name() {
        if (!atPath()) {
            throw syntaxError();
        }
        Token token = next();
        if (token.kind() == Kind.NAME) {
            if (ReservedWords.contain(token.text())) {
                problem(Rank.RESERVED_WORD, "Attribute name is a reserved keyword; reserved keyword: " + token.text());
            }
            return new Path.Step.Name(token.text());
        }
        return new Path.Step.Name(given.name(token.text()).orElseGet(() -> {
            problem(
                    Rank.UNDEFINED,
                    "An expression attribute name used in the document path is not defined; attribute name: "
                            + token.text());
            return "";
        }));
    }

    private Path.Step index() {
        expect("[");
        if (peek().kind() != Kind.NUMBER) {
            throw syntaxError();
        }
        String digits = next().text();
        expect("]");
        if (digits.length() > 9) {
            problem(Rank.STRUCTURE, "List index is not within the allowable range; index: [" + digits + "]");
            return new Path.Step.Index(0);
        }
        return new Path.Step.Index(Integer.parseInt(digits));
    }
}
