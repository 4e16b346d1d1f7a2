package dev.cloudjar.services.s3.select;

import dev.cloudjar.services.s3.select.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a query into tokens.
final class Lexer {
    private static final List<String> PAIRS = List.of("<>", "<=", ">=", "!=", "||");
    private static final String SIGNS = "<>=+-*/%(),.[]|!;";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        return new Lexer(text).all();
    }

    private List<Token> all() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                tokens.add(next(c));
            }
        }
        tokens.add(new Token(Kind.END, ""));
        return tokens;
    }

    private Token next(char c) {
        if (Character.isLetter(c) || c == '_' || c == '$') {
            return new Token(Kind.NAME, taken(Lexer::isNamed));
        }
        boolean digit = isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
        if (digit && !followsName(c)) {
            return new Token(Kind.NUMBER, number());
        }
        return switch (c) {
            case '\'' -> new Token(Kind.STRING, quoted('\''));
            case '"' -> new Token(Kind.QUOTED_NAME, quoted('"'));
            case '`' -> new Token(Kind.ION, quoted('`'));
            default -> new Token(Kind.SIGN, sign(c));
        };
    }

    /// A point after a name, as in `s.1`, begins no number.
    private boolean followsName(char c) {
        return c == '.'
                && !tokens.isEmpty()
                && (tokens.getLast().isName() || tokens.getLast().is("]"));
    }

    private interface Chars {
        boolean take(char c);
    }

    private String taken(Chars chars) {
        int from = at;
        while (at < text.length() && chars.take(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isNamed(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String number() {
        int from = at;
        taken(c -> isDigit(c) || c == '.');
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            taken(c -> c == '+' || c == '-');
            taken(Lexer::isDigit);
        }
        if (at < text.length() && isNamed(text.charAt(at))) {
            throw Fault.LEXER_INVALID_LITERAL.error();
        }
        return text.substring(from, at);
    }

    /// What stands between two marks; a mark within is doubled.
    private String quoted(char mark) {
        var inner = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != mark) {
                inner.append(c);
            } else if (at < text.length() && text.charAt(at) == mark && mark != '`') {
                inner.append(mark);
                at++;
            } else {
                return inner.toString();
            }
        }
        throw Fault.LEXER_INVALID_CHAR.error();
    }

    private String sign(char c) {
        for (String pair : PAIRS) {
            if (text.startsWith(pair, at)) {
                at += 2;
                return pair;
            }
        }
        if (SIGNS.indexOf(c) < 0) {
            throw Fault.LEXER_INVALID_CHAR.error();
        }
        at++;
        return String.valueOf(c);
    }
}
