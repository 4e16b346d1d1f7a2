package dev.cloudjar.services.s3.select;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/// The functions of the dialect that are written as calls.
final class Functions {
    private final Instant now;

    /// `now` is what `UTCNOW()` says throughout a query.
    Functions(Instant now) {
        this.now = now;
    }

    /// The call of a function with these arguments.
    Expression call(String name, List<Expression> arguments) {
        return switch (name) {
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> text(arguments, Functions::length);
            case "LOWER" -> text(arguments, text -> text.toLowerCase(java.util.Locale.ROOT));
            case "UPPER" -> text(arguments, text -> text.toUpperCase(java.util.Locale.ROOT));
            case "TO_TIMESTAMP" -> text(arguments, Timestamp::parse);
            case "SUBSTRING" -> substring(arguments);
            case "COALESCE" -> coalesce(arguments);
            case "NULLIF" -> nullIf(arguments);
            case "TO_STRING" -> toText(arguments);
            case "UTCNOW" -> utcNow(arguments);
            default -> throw Fault.UNSUPPORTED_FUNCTION.error();
        };
    }

    private static void check(List<Expression> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw Fault.INVALID_ARGUMENTS.error();
        }
    }

    private static Object length(String text) {
        return BigDecimal.valueOf(text.codePointCount(0, text.length()));
    }

    /// A function of one text, which is absent where the text is.
    private static Expression text(List<Expression> arguments, Function<String, Object> function) {
        check(arguments, 1, 1);
        return row -> {
            Object value = arguments.getFirst().of(row);
            return value instanceof Absent ? Absent.NULL : function.apply(text(value));
        };
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Fault.ILLEGAL_ARGUMENT.error();
    }

    /// Places are counted from one; those before the first are left out of the length.
    static Expression substring(List<Expression> arguments) {
        check(arguments, 2, 3);
        return row -> {
            List<Object> values = arguments.stream().map(each -> each.of(row)).toList();
            if (values.stream().anyMatch(Absent.class::isInstance)) {
                return Absent.NULL;
            }
            String text = text(values.getFirst());
            long from = Operators.number(values.get(1)).longValue() - 1;
            long length = values.size() > 2 ? Operators.number(values.get(2)).longValue() : text.length() - from;
            if (length < 0 && values.size() > 2) {
                throw Fault.ILLEGAL_ARGUMENT.error();
            }
            int begin = Math.clamp(from, 0, text.length());
            int end = Math.clamp(from + length, begin, text.length());
            return text.substring(begin, end);
        };
    }

    private static Expression coalesce(List<Expression> arguments) {
        check(arguments, 1, Integer.MAX_VALUE);
        return row -> arguments.stream()
                .map(each -> each.of(row))
                .filter(value -> !(value instanceof Absent))
                .findFirst()
                .orElse(Absent.NULL);
    }

    private static Expression nullIf(List<Expression> arguments) {
        check(arguments, 2, 2);
        return row -> {
            Object one = arguments.get(0).of(row);
            boolean same = Boolean.TRUE.equals(
                    Operators.compared("=", one, arguments.get(1).of(row)));
            return same ? Absent.NULL : one;
        };
    }

    private static Expression toText(List<Expression> arguments) {
        check(arguments, 2, 2);
        return row -> arguments.getFirst().of(row) instanceof Timestamp timestamp
                ? timestamp.format(text(arguments.get(1).of(row)))
                : Absent.NULL;
    }

    private Expression utcNow(List<Expression> arguments) {
        check(arguments, 0, 0);
        var timestamp = new Timestamp(now.atOffset(ZoneOffset.UTC), ChronoUnit.NANOS);
        return _ -> timestamp;
    }

    /// `DATE_ADD(part, count, timestamp)`.
    static Expression dateAdd(ChronoUnit part, Expression count, Expression timestamp) {
        return row -> timestamp.of(row) instanceof Timestamp at
                ? at.plus(Operators.number(count.of(row)).longValue(), part)
                : Absent.NULL;
    }

    /// `DATE_DIFF(part, from, to)`: how many whole parts lie between.
    static Expression dateDiff(ChronoUnit part, Expression from, Expression to) {
        return row -> from.of(row) instanceof Timestamp one && to.of(row) instanceof Timestamp other
                ? BigDecimal.valueOf(one.until(other, part))
                : Absent.NULL;
    }

    static Expression extract(String part, Expression timestamp) {
        return row -> timestamp.of(row) instanceof Timestamp at ? BigDecimal.valueOf(at.extract(part)) : Absent.NULL;
    }

    /// `TRIM(LEADING chars FROM text)`, from both ends where `ends` does not say.
    static Expression trim(String ends, Expression chars, Expression text) {
        return row -> {
            Object value = text.of(row);
            if (value instanceof Absent) {
                return Absent.NULL;
            }
            String full = text(value);
            String gone = text(chars.of(row));
            int from = 0;
            int to = full.length();
            while (!ends.equals("TRAILING") && from < to && gone.indexOf(full.charAt(from)) >= 0) {
                from++;
            }
            while (!ends.equals("LEADING") && to > from && gone.indexOf(full.charAt(to - 1)) >= 0) {
                to--;
            }
            return full.substring(from, to);
        };
    }
}
