package dev.cloudjar.wire.auth;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The instants that signatures carry: `20150830T123600Z`.
final class AmzDate {
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int LENGTH = 16;

    private AmzDate() {}

    static String format(Instant instant) {
        return BASIC.format(instant);
    }

    /// `2015-08-30T12:36:00Z`, as S3 writes instants into its errors.
    static String extended(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static @Nullable Instant parse(String text) {
        if (text.length() != LENGTH || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
            return null;
        }
        int date = digits(text, 0, 8);
        int time = digits(text, 9, 15);
        if (date < 0 || time < 0) {
            return null;
        }
        try {
            return LocalDateTime.of(
                            date / 10000, date / 100 % 100, date % 100, time / 10000, time / 100 % 100, time % 100)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    /// A `Date` header: RFC 1123, or either form of ISO 8601.
    static @Nullable Instant parseHeader(String text) {
        Instant basic = parse(text);
        if (basic != null) {
            return basic;
        }
        try {
            return text.indexOf(',') == 3
                    ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
