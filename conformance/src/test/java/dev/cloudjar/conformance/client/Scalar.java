package dev.cloudjar.conformance.client;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.TimestampFormat;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Scalars as text.
final class Scalar {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Scalar() {}

    static String text(Object value, TimestampFormat format) {
        return switch (value) {
            case Instant instant -> text(instant, format);
            case Blob blob -> blob.base64();
            default -> value.toString();
        };
    }

    static String text(Instant instant, TimestampFormat format) {
        return switch (format) {
            case ISO8601 -> instant.toString();
            case RFC822 -> HTTP_DATE.format(instant);
            case UNIX ->
                BigDecimal.valueOf(instant.getEpochSecond())
                        .add(BigDecimal.valueOf(instant.getNano(), 9))
                        .stripTrailingZeros()
                        .toPlainString();
        };
    }

    /// The value of `member` as a header.
    static String header(Member member, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(element -> header(member, element)).collect(Collectors.joining(","));
        }
        if (member.is(Member.Trait.JSON_VALUE)) {
            return Base64.getEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8));
        }
        return text(value, member.timestampFormat().orElse(TimestampFormat.RFC822));
    }

    static String text(Member member, Object value) {
        return text(value, member.timestampFormat().orElse(TimestampFormat.ISO8601));
    }

    static String text(Object value, Optional<TimestampFormat> format) {
        return text(value, format.orElse(TimestampFormat.ISO8601));
    }

    /// Percent-encoded as AWS's clients do it.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
