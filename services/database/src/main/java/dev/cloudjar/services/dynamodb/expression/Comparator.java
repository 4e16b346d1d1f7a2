package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.value.Value;
import java.util.Arrays;
import java.util.Optional;

/// The six comparisons, and what they say of two values.
public enum Comparator {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String sign;

    Comparator(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    static Optional<Comparator> of(Token token) {
        return Arrays.stream(values()).filter(each -> token.is(each.sign)).findFirst();
    }

    /// Values of different types, and those without an order, are neither less nor greater.
    public boolean holds(Value left, Value right) {
        return switch (this) {
            case EQ -> left.equals(right);
            case NE -> !left.equals(right);
            case LT, LE, GT, GE ->
                left instanceof Value.Scalar one
                        && right instanceof Value.Scalar other
                        && one.type() == other.type()
                        && holds(one.compareTo(other));
        };
    }

    private boolean holds(int order) {
        return switch (this) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }
}
