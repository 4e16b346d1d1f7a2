package dev.cloudjar.services.dynamodb.value;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;

/// DynamoDB's numbers: 38 significant digits, magnitudes from 1E-130 to 9.99E+125, one normal form each.
final class Numbers {
    private static final int MOST_DIGITS = 38;
    private static final int LARGEST = 125;
    private static final int SMALLEST = -130;
    private static final int SHORT = 18;

    private static final int NEGATIVE = 0x40;
    private static final int ZERO = 0x80;
    private static final int POSITIVE = 0xC0;

    private Numbers() {}

    /// The normal form of a number that a client wrote, or DynamoDB's refusal.
    static String normal(String text) {
        if (isShortInteger(text)) {
            return text;
        }
        if (text.isEmpty()) {
            throw Refusals.invalid("The parameter cannot be converted to a numeric value");
        }
        if (!text.chars().allMatch(c -> c < 0x80)) {
            throw notNumeric(text);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            throw notNumeric(text);
        }
        return normal(number);
    }

    private static RuntimeException notNumeric(String text) {
        return Refusals.invalid("The parameter cannot be converted to a numeric value: %s", text);
    }

    private static boolean isShortInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        if (digits == 0 || digits > SHORT || text.charAt(start) == '0' && text.length() > 1) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    static String normal(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        long magnitude = (long) number.precision() - number.scale() - 1;
        if (magnitude > LARGEST) {
            throw Refusals.invalid(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (magnitude < SMALLEST) {
            throw Refusals.invalid(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.precision() > MOST_DIGITS) {
            throw Refusals.invalid("Attempting to store more than 38 significant digits in a Number");
        }
        return stripped.toPlainString();
    }

    /// How many significant digits a number in normal form has.
    static int digits(String normal) {
        int first = -1;
        int last = -1;
        int points = 0;
        int pointsBeforeLast = 0;
        for (int i = 0; i < normal.length(); i++) {
            char c = normal.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '1' && c <= '9') {
                first = first < 0 ? i - points : first;
                last = i;
                pointsBeforeLast = points;
            }
        }
        return first < 0 ? 1 : last - pointsBeforeLast - first + 1;
    }

    /// Bytes that sort as the numbers do, and none of which begins another: sign, exponent, pairs of digits, end.
    static void order(String normal, ByteArrayOutputStream out) {
        BigDecimal number = new BigDecimal(normal).stripTrailingZeros();
        if (number.signum() == 0) {
            out.write(ZERO);
            return;
        }
        int flip = number.signum() < 0 ? 0xFF : 0;
        String digits = number.unscaledValue().abs().toString();
        int exponent = number.precision() - number.scale() - 1 - SMALLEST;
        out.write(flip == 0 ? POSITIVE : NEGATIVE);
        out.write(exponent ^ flip);
        for (int i = 0; i < digits.length(); i += 2) {
            int pair = (digits.charAt(i) - '0') * 10 + (i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0);
            out.write(pair + 1 ^ flip);
        }
        out.write(flip);
    }
}
