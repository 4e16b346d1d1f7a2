package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.TimestampFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/// Instants as AWS writes and reads them: ISO 8601, RFC 822 and seconds since 1970.
final class Timestamps {
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final DateTimeFormatter RFC822 =
            DateTimeFormatter.ofPattern("[EEE, ]d MMM uuuu HH:mm:ss[.SSS][.SS][.S] 'GMT'", Locale.ENGLISH);
    /// The two older forms of HTTP's dates, of RFC 850 and of C's asctime, which RFC 9110 has everybody read.
    private static final DateTimeFormatter RFC850 = new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH);

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);
    private static final int NANOS = 1_000_000_000;
    private static final int LONGEST = 64;

    private Timestamps() {}

    static String format(Instant instant, TimestampFormat format) {
        return switch (format) {
            case ISO8601 -> iso8601(instant, false);
            case RFC822 -> rfc822(instant);
            case UNIX -> unix(instant);
        };
    }

    static Instant parse(String text, TimestampFormat format) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            throw unreadable(text);
        }
        try {
            return switch (format) {
                case ISO8601 -> parseIso8601(stripped);
                case RFC822 -> LocalDateTime.parse(stripped, http(stripped)).toInstant(ZoneOffset.UTC);
                case UNIX -> parseUnix(stripped);
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static DateTimeFormatter http(String text) {
        int comma = text.indexOf(',');
        if (comma > 3) {
            return RFC850;
        }
        return comma < 0 && Character.isLetter(text.charAt(0)) ? ASCTIME : RFC822;
    }

    /// `2015-01-25T08:00:00Z`; the fraction of a second is left out where there is none, unless `millis` asks for
    /// three digits come what may, as S3 and EC2 write them.
    static String iso8601(Instant instant, boolean millis) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            return instant.toString();
        }
        var text = new StringBuilder(30);
        digits(text, time.getYear(), 4).append('-');
        digits(text, time.getMonthValue(), 2).append('-');
        digits(text, time.getDayOfMonth(), 2).append('T');
        time(text, time);
        if (millis) {
            digits(text.append('.'), instant.getNano() / 1_000_000, 3);
        } else {
            fraction(text, instant.getNano());
        }
        return text.append('Z').toString();
    }

    private static String rfc822(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        var text = new StringBuilder(30);
        text.append(DAYS[time.getDayOfWeek().ordinal()]).append(", ");
        digits(text, time.getDayOfMonth(), 2).append(' ');
        text.append(MONTHS[time.getMonthValue() - 1]).append(' ');
        digits(text, time.getYear(), 4).append(' ');
        time(text, time);
        return text.append(" GMT").toString();
    }

    /// Seconds with as many decimals as the instant has.
    static String unix(Instant instant) {
        if (instant.getNano() == 0) {
            return Long.toString(instant.getEpochSecond());
        }
        return BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    /// The instant `seconds` after 1970, to the microsecond: a double holds no more.
    static Instant ofSeconds(double seconds) {
        if (!(Math.abs(seconds) <= Instant.MAX.getEpochSecond() / 1000.0)) {
            throw unreadable(Double.toString(seconds));
        }
        double whole = Math.floor(seconds);
        long micros = Math.round((seconds - whole) * 1_000_000);
        return Instant.ofEpochSecond((long) whole, micros * 1_000);
    }

    /// A date alone is its midnight, a time without offset is UTC: AWS documents both for its older APIs.
    private static Instant parseIso8601(String text) {
        if (text.endsWith("Z")) {
            return Instant.parse(text);
        }
        int time = text.indexOf('T');
        if (time < 0) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean offset = text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
        return offset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private static Instant parseUnix(String text) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return ofSeconds(Double.parseDouble(text));
        }
        if (text.indexOf('.') < 0) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        BigDecimal[] parts = new BigDecimal(text).divideAndRemainder(BigDecimal.ONE);
        long nanos = parts[1].movePointRight(9).longValue();
        return Instant.ofEpochSecond(parts[0].longValueExact(), nanos);
    }

    private static void time(StringBuilder text, LocalDateTime time) {
        digits(text, time.getHour(), 2).append(':');
        digits(text, time.getMinute(), 2).append(':');
        digits(text, time.getSecond(), 2);
    }

    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.append('.');
        if (nanos % 1_000_000 == 0) {
            digits(text, nanos / 1_000_000, 3);
        } else if (nanos % 1_000 == 0) {
            digits(text, nanos / 1_000, 6);
        } else {
            digits(text, nanos % NANOS, 9);
        }
    }

    private static StringBuilder digits(StringBuilder text, int value, int count) {
        for (int power = count - 1, unit = (int) Math.pow(10, power); power >= 0; power--, unit /= 10) {
            text.append((char) ('0' + value / unit % 10));
        }
        return text;
    }

    private static Unreadable unreadable(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return new Unreadable("\"" + shown + "\" is not a valid timestamp");
    }
}
