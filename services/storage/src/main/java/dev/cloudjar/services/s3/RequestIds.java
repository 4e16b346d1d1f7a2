package dev.cloudjar.services.s3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// The two ids of a request as S3 writes them.
final class RequestIds {
    private static final int DIGITS = 16;

    private RequestIds() {}

    static String s3(String id) {
        String digits = id.replace("-", "").toUpperCase(Locale.ROOT);
        return digits.substring(0, Math.min(DIGITS, digits.length()));
    }

    static String host(String id) {
        return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }
}
