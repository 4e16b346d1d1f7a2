package dev.cloudjar.services.s3.select;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalInt;

/// What the signs of the dialect mean, with three values of truth: what compares something absent is neither true
/// nor false.
final class Operators {
    private static final int LONGEST_SCALE = 18;

    private Operators() {}

    /// How two values are ordered; nothing where they cannot be compared. A text is compared with a number as the
    /// number that it spells, since all columns of CSV are texts.
    static OptionalInt compare(Object one, Object other) {
        if (one instanceof String left && other instanceof String right) {
            return OptionalInt.of(left.compareTo(right));
        }
        if (one instanceof BigDecimal || other instanceof BigDecimal) {
            Optional<BigDecimal> left = Conversion.numeric(one);
            Optional<BigDecimal> right = Conversion.numeric(other);
            return left.isPresent() && right.isPresent()
                    ? OptionalInt.of(left.get().compareTo(right.get()))
                    : OptionalInt.empty();
        }
        if (one instanceof Timestamp left && other instanceof Timestamp right) {
            return OptionalInt.of(left.compareTo(right));
        }
        if (one instanceof Boolean || other instanceof Boolean) {
            String left = Conversion.text(one);
            String right = Conversion.text(other);
            return isBool(left) && isBool(right)
                    ? OptionalInt.of(left.compareToIgnoreCase(right))
                    : OptionalInt.empty();
        }
        return one.equals(other) ? OptionalInt.of(0) : OptionalInt.empty();
    }

    private static boolean isBool(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    static Object compared(String sign, Object one, Object other) {
        if (one instanceof Absent || other instanceof Absent) {
            return Absent.NULL;
        }
        OptionalInt order = compare(one, other);
        if (order.isEmpty()) {
            return sign.equals("<>") || sign.equals("!=");
        }
        int sense = order.getAsInt();
        return switch (sign) {
            case "=" -> sense == 0;
            case "<>", "!=" -> sense != 0;
            case "<" -> sense < 0;
            case "<=" -> sense <= 0;
            case ">" -> sense > 0;
            default -> sense >= 0;
        };
    }

    static Object and(Object one, Object other) {
        if (Boolean.FALSE.equals(one) || Boolean.FALSE.equals(other)) {
            return false;
        }
        return Boolean.TRUE.equals(one) && Boolean.TRUE.equals(other) ? true : Absent.NULL;
    }

    static Object or(Object one, Object other) {
        if (Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other)) {
            return true;
        }
        return Boolean.FALSE.equals(one) && Boolean.FALSE.equals(other) ? false : Absent.NULL;
    }

    static Object not(Object value) {
        return value instanceof Boolean bool ? !bool : Absent.NULL;
    }

    static Object calculated(String sign, Object one, Object other) {
        if (one instanceof Absent || other instanceof Absent) {
            return Absent.NULL;
        }
        if (sign.equals("||")) {
            return Conversion.text(one) + Conversion.text(other);
        }
        BigDecimal left = number(one);
        BigDecimal right = number(other);
        return switch (sign) {
            case "+" -> left.add(right);
            case "-" -> left.subtract(right);
            case "*" -> left.multiply(right);
            case "/" -> quotient(left, divisor(right));
            default -> left.remainder(divisor(right));
        };
    }

    static BigDecimal number(Object value) {
        return Conversion.numeric(value).orElseThrow(Fault.EVALUATION::error);
    }

    private static BigDecimal divisor(BigDecimal number) {
        if (number.signum() == 0) {
            throw Fault.EVALUATION.error();
        }
        return number;
    }

    /// Whole numbers are divided without a remainder.
    static BigDecimal quotient(BigDecimal left, BigDecimal right) {
        if (left.scale() <= 0 && right.scale() <= 0) {
            return left.divide(right, 0, RoundingMode.DOWN);
        }
        return exact(left, right);
    }

    static BigDecimal exact(BigDecimal left, BigDecimal right) {
        BigDecimal quotient = left.divide(right, MathContext.DECIMAL128);
        BigDecimal rounded =
                quotient.scale() > LONGEST_SCALE ? quotient.setScale(LONGEST_SCALE, RoundingMode.HALF_EVEN) : quotient;
        BigDecimal stripped = rounded.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /// Whether a text is like a pattern, in which `%` is any text, `_` any character, and what follows `escape`
    /// itself.
    static Object like(Object value, Object pattern, Object escape) {
        if (value instanceof Absent || pattern instanceof Absent) {
            return Absent.NULL;
        }
        boolean fits = value instanceof String && pattern instanceof String && escape instanceof String;
        if (!fits || ((String) escape).length() > 1) {
            throw Fault.LIKE_INVALID_INPUTS.error();
        }
        return new Pattern((String) pattern, (String) escape).fits((String) value);
    }

    /// A pattern taken apart: for each place its character, and whether it is a wildcard.
    private record Pattern(StringBuilder chars, StringBuilder wild) {
        private Pattern(String pattern, String escape) {
            this(new StringBuilder(), new StringBuilder());
            for (int i = 0; i < pattern.length(); i++) {
                boolean escaped = !escape.isEmpty() && pattern.charAt(i) == escape.charAt(0);
                if (escaped && ++i == pattern.length()) {
                    throw Fault.LIKE_INVALID_INPUTS.error();
                }
                char c = pattern.charAt(i);
                chars.append(c);
                wild.append(!escaped && (c == '%' || c == '_') ? c : ' ');
            }
        }

        /// Goes back to the last `%` where the rest does not fit.
        boolean fits(String text) {
            int at = 0;
            int star = -1;
            int mark = 0;
            int i = 0;
            while (i < text.length()) {
                char kind = at < chars.length() ? wild.charAt(at) : 0;
                if (kind == '%') {
                    star = at++;
                    mark = i;
                } else if (kind == '_' || kind == ' ' && chars.charAt(at) == text.charAt(i)) {
                    at++;
                    i++;
                } else if (star < 0) {
                    return false;
                } else {
                    at = star + 1;
                    i = ++mark;
                }
            }
            while (at < chars.length() && wild.charAt(at) == '%') {
                at++;
            }
            return at == chars.length();
        }
    }
}
