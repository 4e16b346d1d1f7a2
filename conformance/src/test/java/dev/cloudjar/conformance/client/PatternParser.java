package dev.cloudjar.conformance.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Reads as much of a regular expression as is needed to make texts that it may match: assertions are left out,
/// for whoever makes a text asks the real pattern afterwards.
final class PatternParser {
    private static final int MANY = 1 << 16;

    /// Characters from `first` to `last`.
    record Range(int first, int last) {}

    /// A part of an expression.
    sealed interface Node {
        record Chars(List<Range> ranges) implements Node {}

        record Sequence(List<Node> parts) implements Node {}

        record Choice(List<Node> alternatives) implements Node {}

        record Repeat(Node node, int min, int max) implements Node {}
    }

    private static final Node NOTHING = new Node.Sequence(List.of());

    private final String text;
    private int at;

    PatternParser(String text) {
        this.text = text;
    }

    Node parse() {
        Node tree = choice();
        if (at < text.length()) {
            throw new PatternSyntaxException("Unbalanced", text, at);
        }
        return tree;
    }

    private Node choice() {
        var alternatives = new ArrayList<Node>();
        alternatives.add(sequence());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            alternatives.add(sequence());
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Node.Choice(alternatives);
    }

    private Node sequence() {
        var parts = new ArrayList<Node>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated(atom()));
        }
        return new Node.Sequence(parts);
    }

    private Node atom() {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> new Node.Chars(new CharClasses(this).bracket());
            case '.' -> new Node.Chars(List.of(new Range('a', 'z'), new Range('0', '9')));
            case '\\' -> escape();
            case '^', '$' -> NOTHING;
            default -> literal(c);
        };
    }

    private static Node literal(int c) {
        return new Node.Chars(List.of(new Range(c, c)));
    }

    private Node escape() {
        char next = text.charAt(at);
        if ("bBAzZG".indexOf(next) >= 0) {
            at++;
            return NOTHING;
        }
        return new Node.Chars(new CharClasses(this).escape());
    }

    private Node group() {
        boolean assertion = text.startsWith("?!", at) || text.startsWith("?=", at) || text.startsWith("?<!", at);
        if (text.startsWith("?<", at) && !assertion && !text.startsWith("?<=", at)) {
            at = text.indexOf('>', at) + 1;
        } else if (text.startsWith("?", at)) {
            while (":=!>)".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            at += text.charAt(at) == ')' ? 0 : 1;
        }
        Node inner = choice();
        at++;
        return assertion ? NOTHING : inner;
    }

    private Node repeated(Node node) {
        if (at >= text.length()) {
            return node;
        }
        Node result = switch (text.charAt(at)) {
            case '*' -> times(node, 0, MANY);
            case '+' -> times(node, 1, MANY);
            case '?' -> times(node, 0, 1);
            case '{' -> counted(node);
            default -> node;
        };
        boolean lazy = result != node && at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == '+');
        at += lazy ? 1 : 0;
        return result;
    }

    private Node times(Node node, int min, int max) {
        at++;
        return new Node.Repeat(node, min, max);
    }

    private Node counted(Node node) {
        int end = text.indexOf('}', at);
        String[] bounds = text.substring(at + 1, end).split(",", -1);
        at = end + 1;
        int min = Integer.parseInt(bounds[0].strip());
        int max = bounds.length == 1 ? min : bounds[1].isBlank() ? MANY : Integer.parseInt(bounds[1].strip());
        return new Node.Repeat(node, min, max);
    }

    char next() {
        if (at >= text.length()) {
            throw new PatternSyntaxException("Unfinished", text, at);
        }
        return text.charAt(at++);
    }

    boolean skip(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    boolean sees(String expected) {
        return text.startsWith(expected, at);
    }

    String until(char end) {
        int close = text.indexOf(end, at);
        String part = text.substring(at, close);
        at = close + 1;
        return part;
    }
}
