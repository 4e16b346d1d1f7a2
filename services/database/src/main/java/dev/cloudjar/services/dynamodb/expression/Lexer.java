package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens. What belongs to no token becomes one of its own, at which the grammar stops.
final class Lexer {
    private Lexer() {}

    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (isSpace(text.charAt(at))) {
                at++;
            } else {
                Token token = token(text, at);
                tokens.add(token);
                at = token.end();
            }
        }
        tokens.add(new Token(Kind.END, "<EOF>", text.length(), text.length()));
        return tokens;
    }

    private static Token token(String text, int start) {
        char first = text.charAt(start);
        if (first == '#' || first == ':') {
            int end = wordEnd(text, start + 1);
            Kind kind = end == start + 1 ? Kind.UNKNOWN : first == '#' ? Kind.HASH : Kind.COLON;
            return make(kind, text, start, end);
        }
        if (isLetter(first)) {
            return make(Kind.NAME, text, start, wordEnd(text, start));
        }
        if (isDigit(first)) {
            int end = start;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            return make(Kind.NUMBER, text, start, end);
        }
        return sign(text, start);
    }

    private static Token sign(String text, int start) {
        for (String sign : List.of("<=", ">=", "<>")) {
            if (text.startsWith(sign, start)) {
                return make(Kind.SIGN, text, start, start + 2);
            }
        }
        boolean known = "()[],.=<>+-".indexOf(text.charAt(start)) >= 0;
        return make(known ? Kind.SIGN : Kind.UNKNOWN, text, start, start + 1);
    }

    private static Token make(Kind kind, String text, int start, int end) {
        return new Token(kind, text.substring(start, end), start, end);
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /// Whether `text` is a placeholder that begins with `mark`.
    static boolean isPlaceholder(char mark, String text) {
        return text.length() > 1 && text.charAt(0) == mark && wordEnd(text, 1) == text.length();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
