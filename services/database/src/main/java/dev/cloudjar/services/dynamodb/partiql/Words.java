package dev.cloudjar.services.dynamodb.partiql;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.partiql.Word.Kind;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.ArrayList;
import java.util.List;

/// Cuts a statement into words.
final class Words {
    private static final List<String> SIGNS = List.of("<<", ">>", "<=", ">=", "<>", "!=");

    private Words() {}

    static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'' || c == '"') {
                at = quoted(text, at, words);
            } else if (isLetter(c)) {
                at = run(text, at, Kind.BARE, words);
            } else if (isDigit(c)) {
                at = run(text, at, Kind.NUMBER, words);
            } else {
                String sign = sign(text, at);
                words.add(new Word(c == '?' ? Kind.PARAMETER : Kind.SIGN, sign));
                at += sign.length();
            }
        }
        words.add(new Word(Kind.END, "<EOF>"));
        return words;
    }

    /// Two quotes within quotes are one.
    private static int quoted(String text, int start, List<Word> words) {
        char quote = text.charAt(start);
        var content = new StringBuilder();
        int at = start + 1;
        while (at < text.length()) {
            if (text.charAt(at) != quote) {
                content.append(text.charAt(at++));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                content.append(quote);
                at += 2;
            } else {
                words.add(new Word(quote == '"' ? Kind.QUOTED : Kind.TEXT, content.toString()));
                return at + 1;
            }
        }
        throw malformed("Unterminated quotes");
    }

    private static int run(String text, int start, Kind kind, List<Word> words) {
        int end = start;
        while (end < text.length() && belongs(text, end, kind)) {
            end++;
        }
        words.add(new Word(kind, text.substring(start, end)));
        return end;
    }

    private static boolean belongs(String text, int at, Kind kind) {
        char c = text.charAt(at);
        if (kind == Kind.BARE) {
            return isLetter(c) || isDigit(c);
        }
        boolean signed = (c == '-' || c == '+') && Character.toLowerCase(text.charAt(at - 1)) == 'e';
        return isDigit(c) || c == '.' || c == 'e' || c == 'E' || signed;
    }

    private static String sign(String text, int at) {
        return SIGNS.stream()
                .filter(sign -> text.startsWith(sign, at))
                .findFirst()
                .orElseGet(() -> text.substring(at, at + 1));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c == '@';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static AwsError malformed(String why) {
        return Refusals.invalid("%s", "Statement wasn't well formed, can't be processed: " + why);
    }
}
