package dev.cloudjar.wire.auth;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads single parameters out of a raw query or form without taking all of it apart.
public final class QueryText {
    private QueryText() {}

    /// The decoded value of the first parameter called `name`, empty where it has no value.
    public static Optional<String> get(String query, String name) {
        return Optional.ofNullable(find(query, name, false));
    }

    /// As [#get], whatever the case of the name.
    public static Optional<String> getIgnoringCase(String query, String name) {
        return Optional.ofNullable(find(query, name, true));
    }

    public static boolean has(String query, String name) {
        return find(query, name, false) != null;
    }

    private static @Nullable String find(String query, String name, boolean ignoreCase) {
        int at = 0;
        while (at < query.length()) {
            int ampersand = query.indexOf('&', at);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', at);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (names(query, at, nameEnd, name, ignoreCase)) {
                return nameEnd == end ? "" : decode(query.substring(nameEnd + 1, end), true);
            }
            at = end + 1;
        }
        return null;
    }

    private static boolean names(String query, int from, int to, String name, boolean ignoreCase) {
        if (query.indexOf('%', from) >= 0 && query.substring(from, to).indexOf('%') >= 0) {
            String decoded = decode(query.substring(from, to), true);
            return ignoreCase ? decoded.equalsIgnoreCase(name) : decoded.equals(name);
        }
        return to - from == name.length() && query.regionMatches(ignoreCase, from, name, 0, name.length());
    }

    /// Replaces percent escapes by the UTF-8 they stand for; an escape that is none stays as it is.
    public static String decode(String raw, boolean plusIsSpace) {
        if (raw.indexOf('%') < 0) {
            return plusIsSpace ? raw.replace('+', ' ') : raw;
        }
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        int size = 0;
        for (int i = 0; i < bytes.length; i++) {
            int escaped = bytes[i] == '%' && i + 2 < bytes.length ? escape(bytes[i + 1], bytes[i + 2]) : -1;
            if (escaped >= 0) {
                bytes[size++] = (byte) escaped;
                i += 2;
            } else {
                bytes[size++] = plusIsSpace && bytes[i] == '+' ? (byte) ' ' : bytes[i];
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private static int escape(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }
}
