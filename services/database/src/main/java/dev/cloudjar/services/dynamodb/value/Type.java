package dev.cloudjar.services.dynamodb.value;

/// The data types of DynamoDB, in the order in which the model's AttributeValue has its members.
public enum Type {
    S("STRING"),
    N("NUMBER"),
    B("BINARY"),
    SS("STRING_SET"),
    NS("NUMBER_SET"),
    BS("BINARY_SET"),
    M("MAP"),
    L("LIST"),
    NULL("NULL"),
    BOOL("BOOLEAN");

    private static final Type[] ALL = values();

    private final String word;

    Type(String word) {
        this.word = word;
    }

    static Type at(int slot) {
        return ALL[slot];
    }

    /// The type as messages about operands spell it.
    public String word() {
        return word;
    }

    public boolean isSet() {
        return this == SS || this == NS || this == BS;
    }

    /// The type of a set's members.
    Type member() {
        return at(ordinal() - SS.ordinal());
    }

    /// The type of a set of such members.
    Type set() {
        return at(ordinal() + SS.ordinal());
    }
}
