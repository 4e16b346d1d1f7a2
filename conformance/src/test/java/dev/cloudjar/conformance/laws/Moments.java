package dev.cloudjar.conformance.laws;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments in answers, written as what lies between them and now: `{now+PT24H}`. A number of ten digits within a
/// word is an id that happens to have no letters.
final class Moments {
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\w.-])([12]\\d{9}(?:\\d{3}|\\.\\d+)?)(?![\\w-])|(?<=-)(1\\d{12})(?![\\w-])|\\b(2[01]\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z)|\\b(\\w{3}, [\\w ]+ [\\d:]+ GMT)");
    private static final int MILLIS = 13;
    private static final int MILLISECOND = 1_000_000;

    private Moments() {}

    static String seen(String text, Instant now) {
        return TIME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(from(found.group(), now)));
    }

    /// The moment that lies so far from `now`.
    static String at(String between, Instant now) {
        if (between.isEmpty()) {
            return now.toString();
        }
        Duration distance = Duration.parse(between.substring(1));
        return (between.startsWith("-") ? now.minus(distance) : now.plus(distance)).toString();
    }

    private static String from(String moment, Instant now) {
        try {
            Duration between = Duration.between(now, read(moment));
            if (between.toNanosPart() % MILLISECOND != 0) {
                return "{time}"; // Somebody has looked at the real clock.
            }
            String distance = between.isNegative() ? "-" + between.negated() : "+" + between;
            return "{now" + (between.isZero() ? "" : distance) + "}";
        } catch (DateTimeException | NumberFormatException strange) {
            return "{time}";
        }
    }

    private static Instant read(String moment) {
        if (moment.endsWith("GMT")) {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(moment));
        }
        if (moment.contains("T")) {
            return Instant.parse(moment);
        }
        return moment.length() == MILLIS && moment.indexOf('.') < 0
                ? Instant.ofEpochMilli(Long.parseLong(moment))
                : Instant.ofEpochMilli(Math.round(Double.parseDouble(moment) * 1000));
    }
}
