package dev.cloudjar.services.s3.select;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A point in time and how precisely it is known, as in Ion: `2007T` is a year, `2007-02-23T12:14Z` a minute.
record Timestamp(OffsetDateTime at, ChronoUnit precision) implements Comparable<Timestamp> {
    private static final List<ChronoUnit> PRECISIONS = List.of(
            ChronoUnit.YEARS,
            ChronoUnit.MONTHS,
            ChronoUnit.DAYS,
            ChronoUnit.MINUTES,
            ChronoUnit.SECONDS,
            ChronoUnit.NANOS);

    private static final Map<String, ChronoUnit> PARTS = Map.of(
            "YEAR", ChronoUnit.YEARS,
            "MONTH", ChronoUnit.MONTHS,
            "DAY", ChronoUnit.DAYS,
            "HOUR", ChronoUnit.HOURS,
            "MINUTE", ChronoUnit.MINUTES,
            "SECOND", ChronoUnit.SECONDS);

    private static final int YEAR = 4;
    private static final int MONTH = 7;
    private static final int DAY = 10;

    static Timestamp parse(String text) {
        String date = text.endsWith("T") ? text.substring(0, text.length() - 1) : text;
        try {
            return switch (date.length()) {
                case YEAR -> day(date + "-01-01", ChronoUnit.YEARS);
                case MONTH -> day(date + "-01", ChronoUnit.MONTHS);
                case DAY -> day(date, ChronoUnit.DAYS);
                default -> withTime(text);
            };
        } catch (DateTimeException malformed) {
            throw Fault.VALUE_PARSE_FAILURE.error();
        }
    }

    private static Timestamp day(String date, ChronoUnit precision) {
        return new Timestamp(OffsetDateTime.parse(date + "T00:00Z"), precision);
    }

    private static Timestamp withTime(String text) {
        boolean seconds = text.length() > 16 && text.charAt(16) == ':';
        boolean fraction = seconds && text.length() > 19 && text.charAt(19) == '.';
        ChronoUnit precision = fraction ? ChronoUnit.NANOS : seconds ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
        String zoned = text.endsWith("-00:00") ? text.substring(0, text.length() - 6) + "Z" : text;
        return new Timestamp(OffsetDateTime.parse(zoned), precision);
    }

    /// The unit that a date part means (`YEAR`).
    static ChronoUnit part(String name) {
        ChronoUnit unit = PARTS.get(name.toUpperCase(Locale.ROOT));
        if (unit == null) {
            throw Fault.EXPECTED_DATE_PART.error();
        }
        return unit;
    }

    /// As many units later; at least as precise as the unit.
    Timestamp plus(long count, ChronoUnit unit) {
        ChronoUnit needed = unit == ChronoUnit.HOURS ? ChronoUnit.MINUTES : unit;
        boolean finer = PRECISIONS.indexOf(needed) > PRECISIONS.indexOf(precision);
        return new Timestamp(at.plus(count, unit), finer ? needed : precision);
    }

    long until(Timestamp other, ChronoUnit unit) {
        return at.until(other.at, unit);
    }

    long extract(String part) {
        return switch (part.toUpperCase(Locale.ROOT)) {
            case "YEAR" -> at.getYear();
            case "MONTH" -> at.getMonthValue();
            case "DAY" -> at.getDayOfMonth();
            case "HOUR" -> at.getHour();
            case "MINUTE" -> at.getMinute();
            case "SECOND" -> at.getSecond();
            case "TIMEZONE_HOUR" -> at.getOffset().getTotalSeconds() / 3600;
            case "TIMEZONE_MINUTE" -> at.getOffset().getTotalSeconds() / 60 % 60;
            default -> throw Fault.EXPECTED_DATE_PART.error();
        };
    }

    String format(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(at);
        } catch (DateTimeException | IllegalArgumentException malformed) {
            throw Fault.TIMESTAMP_PATTERN.error();
        }
    }

    @Override
    public int compareTo(Timestamp other) {
        return at.toInstant().compareTo(other.at.toInstant());
    }

    @Override
    public String toString() {
        String zone =
                at.getOffset().equals(ZoneOffset.UTC) ? "Z" : at.getOffset().getId();
        return switch (precision) {
            case YEARS -> format("uuuu'T'");
            case MONTHS -> format("uuuu-MM'T'");
            case DAYS -> format("uuuu-MM-dd'T'");
            case MINUTES -> format("uuuu-MM-dd'T'HH:mm") + zone;
            case SECONDS -> format("uuuu-MM-dd'T'HH:mm:ss") + zone;
            default -> format("uuuu-MM-dd'T'HH:mm:ss.") + fraction() + zone;
        };
    }

    private String fraction() {
        int micros = at.get(ChronoField.MICRO_OF_SECOND);
        return micros % 1000 == 0
                ? String.format(Locale.ROOT, "%03d", micros / 1000)
                : String.format(Locale.ROOT, "%06d", micros);
    }
}
