package dev.cloudjar.wire.netty;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// The `Date` of answers (RFC 9110, section 5.6.7), made once a second of the clock. Confined to one thread; written by
/// hand because a DateTimeFormatter costs start-up time.
final class HttpDate {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private final InstantSource clock;
    private long second = Long.MIN_VALUE;
    private byte[] text = new byte[0];

    HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    byte[] now() {
        long current = Math.floorDiv(clock.millis(), 1000L);
        if (current != second) {
            second = current;
            text = format(Instant.ofEpochSecond(current)).getBytes(StandardCharsets.US_ASCII);
        }
        return text;
    }

    static String format(Instant instant) {
        LocalDateTime at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        var out = new StringBuilder(29);
        out.append(
                        DAYS,
                        (at.getDayOfWeek().getValue() - 1) * 3,
                        at.getDayOfWeek().getValue() * 3)
                .append(", ");
        two(out, at.getDayOfMonth()).append(' ');
        out.append(MONTHS, (at.getMonthValue() - 1) * 3, at.getMonthValue() * 3).append(' ');
        two(two(out, at.getYear() / 100), at.getYear() % 100).append(' ');
        two(out, at.getHour()).append(':');
        two(out, at.getMinute()).append(':');
        return two(out, at.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder two(StringBuilder out, int number) {
        return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
