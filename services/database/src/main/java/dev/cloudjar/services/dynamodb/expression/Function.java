package dev.cloudjar.services.dynamodb.expression;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The functions of expressions: how many operands each takes, and where it may stand.
enum Function {
    ATTRIBUTE_EXISTS(1),
    ATTRIBUTE_NOT_EXISTS(1),
    ATTRIBUTE_TYPE(2),
    BEGINS_WITH(2),
    CONTAINS(2),
    SIZE(1),
    IF_NOT_EXISTS(2),
    LIST_APPEND(2);

    private final int operands;

    Function(int operands) {
        this.operands = operands;
    }

    static Optional<Function> named(String name) {
        return Arrays.stream(values()).filter(each -> each.text().equals(name)).findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    int operands() {
        return operands;
    }

    /// Whether it yields something to compare rather than an answer.
    boolean isOperand() {
        return this == SIZE || isOfUpdates();
    }

    boolean isOfUpdates() {
        return this == IF_NOT_EXISTS || this == LIST_APPEND;
    }
}
