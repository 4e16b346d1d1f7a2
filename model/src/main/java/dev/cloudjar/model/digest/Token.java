package dev.cloudjar.model.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One token of a line: a word, or the value of a named fact. Tokens stand apart by a space; one that is empty, holds
/// white space or begins with a quote is quoted, with a backslash before quotes and backslashes in it.
record Token(Optional<String> key, String text) {
    /// A word as written: quoted also where a `=` would make it look like a fact.
    static String word(String word) {
        return word.indexOf('=') >= 0 ? quoted(word) : value(word);
    }

    static String value(String value) {
        boolean bare =
                !value.isEmpty() && value.charAt(0) != '"' && value.chars().noneMatch(Token::isSpace);
        return bare ? value : quoted(value);
    }

    private static boolean isSpace(int c) {
        return c <= ' ' || c == '\u007f' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    private static String quoted(String value) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c != ' ' && isSpace(c)) {
                text.append("\\u").append("%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    static List<Token> read(String line) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
                continue;
            }
            int start = at;
            while (at < line.length()
                    && line.charAt(at) != ' '
                    && line.charAt(at) != '='
                    && line.charAt(start) != '"') {
                at++;
            }
            Optional<String> key = Optional.empty();
            if (at < line.length() && line.charAt(at) == '=') {
                key = Optional.of(line.substring(start, at));
                start = ++at;
            }
            at = end(line, start);
            tokens.add(new Token(key, unquoted(line.substring(start, at))));
        }
        return tokens;
    }

    private static int end(String line, int start) {
        int at = start;
        if (at < line.length() && line.charAt(at) == '"') {
            at++;
            while (line.charAt(at) != '"') {
                at += line.charAt(at) == '\\' ? 2 : 1;
            }
            return at + 1;
        }
        while (at < line.length() && line.charAt(at) != ' ') {
            at++;
        }
        return at;
    }

    private static String unquoted(String token) {
        if (token.isEmpty() || token.charAt(0) != '"') {
            return token;
        }
        var text = new StringBuilder();
        for (int i = 1; i < token.length() - 1; i++) {
            char c = token.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = token.charAt(++i);
            if (escaped == 'u') {
                text.append((char) Integer.parseInt(token, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(escaped);
            }
        }
        return text.toString();
    }
}
