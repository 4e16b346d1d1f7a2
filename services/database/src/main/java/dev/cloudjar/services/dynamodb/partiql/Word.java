package dev.cloudjar.services.dynamodb.partiql;

/// A word, literal or sign of a statement.
record Word(Kind kind, String text) {
    /// What it is: a name in double quotes is never a keyword, a text in single quotes is a value.
    enum Kind {
        BARE,
        QUOTED,
        TEXT,
        NUMBER,
        PARAMETER,
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isKeyword(String keyword) {
        return kind == Kind.BARE && text.equalsIgnoreCase(keyword);
    }
}
