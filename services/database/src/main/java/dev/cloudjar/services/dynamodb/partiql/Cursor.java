package dev.cloudjar.services.dynamodb.partiql;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.partiql.Word.Kind;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// One statement being read: its words, how far reading has come, and the parameters, of which each question
/// mark takes the next. It reads names, paths and values.
record Cursor(List<Word> words, AtomicInteger at, List<Value> parameters, AtomicInteger taken) {
    Cursor(String statement, List<Value> parameters) {
        this(Words.of(statement), new AtomicInteger(), parameters, new AtomicInteger());
    }

    Word peek() {
        return words.get(at.get());
    }

    Word peekSecond() {
        return words.get(Math.min(at.get() + 1, words.size() - 1));
    }

    Word next() {
        Word word = peek();
        if (word.kind() != Kind.END) {
            at.incrementAndGet();
        }
        return word;
    }

    boolean takes(String sign) {
        boolean there = peek().is(sign);
        if (there) {
            next();
        }
        return there;
    }

    boolean takesKeyword(String keyword) {
        boolean there = peek().isKeyword(keyword);
        if (there) {
            next();
        }
        return there;
    }

    void expect(String sign) {
        if (!takes(sign)) {
            throw unexpected();
        }
    }

    void expectKeyword(String keyword) {
        if (!takesKeyword(keyword)) {
            throw unexpected();
        }
    }

    AwsError unexpected() {
        return Words.malformed("Unexpected token: " + peek().text());
    }

    void checkEnd() {
        takes(";");
        if (peek().kind() != Kind.END) {
            throw unexpected();
        }
        if (taken.get() != parameters.size()) {
            throw countMismatch();
        }
    }

    private static AwsError countMismatch() {
        return Refusals.invalid("Number of parameters in request and statement don't match.");
    }

    String name() {
        if (peek().kind() != Kind.BARE && peek().kind() != Kind.QUOTED) {
            throw unexpected();
        }
        return next().text();
    }

    Path path() {
        List<Path.Step> steps = new ArrayList<>();
        steps.add(new Path.Step.Name(name()));
        while (peek().is(".") || peek().is("[")) {
            if (takes(".")) {
                steps.add(new Path.Step.Name(name()));
            } else {
                next();
                steps.add(step());
                expect("]");
            }
        }
        return new Path(steps);
    }

    private Path.Step step() {
        Word word = next();
        return switch (word.kind()) {
            case NUMBER -> new Path.Step.Index(index(word.text()));
            case TEXT -> new Path.Step.Name(word.text());
            case BARE, QUOTED, PARAMETER, SIGN, END -> throw unexpected();
        };
    }

    private int index(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException noIndex) {
            throw unexpected();
        }
    }

    boolean atValue() {
        Word word = peek();
        return switch (word.kind()) {
            case TEXT, NUMBER, PARAMETER -> true;
            case BARE -> word.isKeyword("true") || word.isKeyword("false") || word.isKeyword("null");
            case SIGN -> word.is("[") || word.is("{") || word.is("<<") || word.is("-");
            case QUOTED, END -> false;
        };
    }

    Value value() {
        Word word = next();
        return switch (word.kind()) {
            case TEXT -> new Value.S(word.text());
            case NUMBER -> AttributeValues.number(word.text());
            case PARAMETER -> parameter();
            case BARE -> constant(word);
            case SIGN -> composite(word);
            case QUOTED, END -> throw unexpected();
        };
    }

    private Value parameter() {
        int number = taken.getAndIncrement();
        if (number >= parameters.size()) {
            throw countMismatch();
        }
        return parameters.get(number);
    }

    private Value constant(Word word) {
        if (word.isKeyword("true") || word.isKeyword("false")) {
            return new Value.Bool(word.isKeyword("true"));
        }
        if (word.isKeyword("null")) {
            return new Value.Null();
        }
        throw unexpected();
    }

    private Value composite(Word word) {
        return switch (word.text()) {
            case "-" -> AttributeValues.number("-" + next().text());
            case "[" -> new Value.L(values("]"));
            case "<<" -> set(values(">>"));
            case "{" -> new Value.M(members());
            default -> throw unexpected();
        };
    }

    List<Value> values(String end) {
        List<Value> values = new ArrayList<>();
        if (takes(end)) {
            return values;
        }
        do {
            values.add(value());
        } while (takes(","));
        expect(end);
        return values;
    }

    private static Value set(List<Value> values) {
        Set<Value.Scalar> members = new LinkedHashSet<>();
        for (Value value : values) {
            if (!(value instanceof Value.Scalar scalar)
                    || value.type() != values.getFirst().type()) {
                throw Words.malformed("A set has values of one scalar type");
            }
            members.add(scalar);
        }
        if (members.isEmpty()) {
            throw Words.malformed("A set may not be empty");
        }
        Type type = values.getFirst().type();
        return Value.Many.of(type, members);
    }

    Map<String, Value> members() {
        Map<String, Value> members = new LinkedHashMap<>();
        if (takes("}")) {
            return members;
        }
        do {
            Word name = next();
            if (name.kind() != Kind.TEXT && name.kind() != Kind.QUOTED) {
                throw Words.malformed("Expected a name in quotes, not " + name.text());
            }
            expect(":");
            members.put(name.text(), value());
        } while (takes(","));
        expect("}");
        return members;
    }
}
