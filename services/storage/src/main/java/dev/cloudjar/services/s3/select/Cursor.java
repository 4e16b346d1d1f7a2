package dev.cloudjar.services.s3.select;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The tokens of a query, read one after the other.
final class Cursor {
    private static final Set<String> RESERVED = Set.of(
            "SELECT", "FROM", "WHERE", "LIMIT", "AS", "AND", "OR", "NOT", "BETWEEN", "IN", "LIKE", "ESCAPE", "IS",
            "CASE", "WHEN", "THEN", "ELSE", "END", "GROUP", "ORDER", "HAVING", "JOIN", "INNER", "LEFT", "RIGHT",
            "CROSS", "UNION", "BY", "AT", "ON");

    private final List<Token> tokens;
    private int at;

    Cursor(String text) {
        this.tokens = Lexer.tokens(text);
    }

    Token peek() {
        return tokens.get(at);
    }

    /// The token so many places ahead.
    Token peek(int places) {
        return tokens.get(Math.min(at + places, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    /// Whether what comes after the next token is `word`.
    boolean isFollowedBy(String word) {
        return peek(1).is(word);
    }

    /// Whether the next token is `word`; if so it is taken.
    boolean take(String word) {
        boolean found = peek().is(word);
        if (found) {
            next();
        }
        return found;
    }

    void expect(String word, Fault otherwise) {
        if (!take(word)) {
            throw otherwise.error();
        }
    }

    /// Whether the next token can be a name that is not a word of the language.
    boolean isAtName() {
        Token token = peek();
        return token.isName() && !(token.kind() == Token.Kind.NAME && isReserved(token));
    }

    static boolean isReserved(Token token) {
        return RESERVED.contains(token.text().toUpperCase(Locale.ROOT));
    }

    boolean isAtEnd() {
        return peek().kind() == Token.Kind.END;
    }
}
