package dev.cloudjar.wire.auth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// URI encoding as signatures want it: all but `A-Z a-z 0-9 - . _ ~` become `%XX` with capital digits.
final class UriEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private UriEncoding() {}

    static boolean unreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /// Decodes `raw` and encodes it again, so that every spelling of the same text becomes one.
    static String canonical(String raw, boolean keepSlash, boolean plusIsSpace) {
        if (isCanonical(raw, keepSlash)) {
            return raw;
        }
        var text = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int escaped = c == '%' ? escape(raw, i) : -1;
            if (escaped >= 0) {
                encode(escaped, keepSlash, text);
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                text.append("%20");
            } else {
                i += encodeCharacter(raw, i, keepSlash, text);
            }
        }
        return text.toString();
    }

    /// Encodes `raw` as it stands, percent signs included: the second encoding of services other than S3.
    static String encodeAgain(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        var text = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            i += encodeCharacter(raw, i, true, text);
        }
        return text.toString();
    }

    /// Removes empty and dot segments, as RFC 3986 does and S3 does not.
    static String normalise(String path) {
        if (!path.contains("//") && !path.contains("/.")) {
            return path;
        }
        var kept = new ArrayList<String>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                if (!kept.isEmpty()) {
                    kept.removeLast();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.add(segment);
            }
        }
        String joined = "/" + String.join("/", kept);
        return path.endsWith("/") && !kept.isEmpty() ? joined + "/" : joined;
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (!unreserved(c) && c != '/') {
                return false;
            }
        }
        return true;
    }

    private static boolean isCanonical(String raw, boolean keepSlash) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (unreserved(c) || (c == '/' && keepSlash)) {
                continue;
            }
            int escaped = c == '%' ? escape(raw, i) : -1;
            boolean needed = escaped >= 0 && !unreserved(escaped) && !(escaped == '/' && keepSlash);
            if (!needed || isLower(raw.charAt(i + 1)) || isLower(raw.charAt(i + 2))) {
                return false;
            }
            i += 2;
        }
        return true;
    }

    private static boolean isLower(char c) {
        return c >= 'a';
    }

    /// The byte that the escape at `at` stands for, or -1 where it is none.
    private static int escape(String raw, int at) {
        if (at + 2 >= raw.length()) {
            return -1;
        }
        int high = Character.digit(raw.charAt(at + 1), 16);
        int low = Character.digit(raw.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /// Returns how many further characters were taken: one for a surrogate pair.
    private static int encodeCharacter(String raw, int at, boolean keepSlash, StringBuilder text) {
        char c = raw.charAt(at);
        if (c <= 0xFF) {
            encode(c, keepSlash, text);
            return 0;
        }
        int width = Character.charCount(raw.codePointAt(at));
        for (byte b : raw.substring(at, at + width).getBytes(StandardCharsets.UTF_8)) {
            encode(b & 0xFF, keepSlash, text);
        }
        return width - 1;
    }

    private static void encode(int octet, boolean keepSlash, StringBuilder text) {
        if (unreserved(octet) || (octet == '/' && keepSlash)) {
            text.append((char) octet);
        } else {
            text.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
        }
    }
}
