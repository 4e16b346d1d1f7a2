package dev.cloudjar.services.s3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Metadata of users as headers carry it: what is not ASCII is told in the form of RFC 2047, as S3 does.
final class Metadata {
    private Metadata() {}

    static Map<String, String> told(Map<String, String> metadata) {
        if (metadata.values().stream().allMatch(Metadata::isPlain)) {
            return metadata;
        }
        var told = new LinkedHashMap<String, String>();
        metadata.forEach((name, value) -> told.put(name, isPlain(value) ? value : encoded(value)));
        return told;
    }

    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f || c == '\t');
    }

    private static String encoded(String value) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
