package dev.cloudjar.services.s3.select;

/// A piece of a query. `text` is what stands between the marks of a string, a quoted name or an Ion literal.
record Token(Kind kind, String text) {
    enum Kind {
        NAME,
        QUOTED_NAME,
        STRING,
        NUMBER,
        ION,
        SIGN,
        END
    }

    boolean is(String word) {
        return (kind == Kind.NAME || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }

    boolean isName() {
        return kind == Kind.NAME || kind == Kind.QUOTED_NAME;
    }
}
