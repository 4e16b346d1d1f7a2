package dev.cloudjar.services.dynamodb.expression;

/// A word or sign of an expression, and where it stands there.
record Token(Kind kind, String text, int start, int end) {
    /// What a token is. `NAME` is a plain name, `HASH` the placeholder of one, `COLON` the placeholder of a
    /// value.
    enum Kind {
        NAME,
        HASH,
        COLON,
        NUMBER,
        SIGN,
        UNKNOWN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }
}
