package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.model.Type;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/// Scalars as text, the way headers, query strings, labels and XML carry them.
final class Scalars {
    private static final int SHOWN = 64;

    private Scalars() {}

    static Object parse(Shape shape, TimestampFormat format, String text) {
        try {
            return switch (shape.type()) {
                case STRING -> text;
                case BOOLEAN -> bool(text);
                case INTEGER -> Integer.valueOf(text.strip());
                case LONG -> Long.valueOf(text.strip());
                case FLOAT -> floating(text);
                case DOUBLE -> decimal(text);
                case TIMESTAMP -> Timestamps.parse(text, format);
                case BLOB -> blob(text);
                case DOCUMENT, LIST, MAP, STRUCTURE -> throw unreadable(text, shape);
            };
        } catch (NumberFormatException e) {
            throw unreadable(text, shape);
        }
    }

    static String format(Object value, TimestampFormat format) {
        return switch (value) {
            case String text -> text;
            case Instant instant -> Timestamps.format(instant, format);
            case Blob blob -> blob.base64();
            default -> value.toString();
        };
    }

    static Blob blob(String text) {
        try {
            return Blob.of(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("Invalid base64 value");
        }
    }

    /// `NaN`, `Infinity` and `-Infinity` are values; a number that only rounds to infinity is none.
    static Double decimal(String text) {
        String stripped = text.strip();
        double value = switch (stripped) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> finite(stripped);
        };
        return value;
    }

    private static Float floating(String text) {
        double value = decimal(text);
        float narrow = (float) value;
        if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
            throw new NumberFormatException(text);
        }
        return narrow;
    }

    private static double finite(String text) {
        double value = Double.parseDouble(text);
        char last = text.charAt(text.length() - 1);
        if (Double.isInfinite(value) || Double.isNaN(value) || (last != '.' && (last < '0' || last > '9'))) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static Boolean bool(String text) {
        String stripped = text.strip();
        if (stripped.equalsIgnoreCase("true")) {
            return Boolean.TRUE;
        }
        if (stripped.equalsIgnoreCase("false")) {
            return Boolean.FALSE;
        }
        throw new NumberFormatException(text);
    }

    private static Unreadable unreadable(String text, Shape shape) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) : text;
        String article = shape.type() == Type.INTEGER ? "an " : "a ";
        return new Unreadable("\"" + shown + "\" can not be converted to " + article + title(shape));
    }

    private static String title(Shape shape) {
        String name = shape.type().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
