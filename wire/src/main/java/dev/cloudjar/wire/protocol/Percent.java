package dev.cloudjar.wire.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding undone, strictly: what is neither encoded right nor UTF-8 is [Unreadable].
final class Percent {
    private Percent() {}

    /// A part of a path, where plus is plus.
    static String path(String text) {
        return text.indexOf('%') < 0 ? text : decoded(text, 0, text.length(), false);
    }

    /// `text` from `start` to `end`, a part of a query string, where plus is a space.
    static String query(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+') {
                return decoded(text, start, end, true);
            }
        }
        return text.substring(start, end);
    }

    private static String decoded(String text, int start, int end, boolean plusIsSpace) {
        byte[] plain = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
        int count = 0;
        for (int i = 0; i < plain.length; i++) {
            byte b = plain[i];
            if (b == '%') {
                b = escaped(plain, i);
                i += 2;
            } else if (b == '+' && plusIsSpace) {
                b = ' ';
            }
            plain[count++] = b;
        }
        return utf8(plain, count);
    }

    private static byte escaped(byte[] text, int at) {
        if (at + 2 >= text.length) {
            throw new Unreadable("");
        }
        int high = Character.digit(text[at + 1], 16);
        int low = Character.digit(text[at + 2], 16);
        if (high < 0 || low < 0) {
            throw new Unreadable("");
        }
        return (byte) (high << 4 | low);
    }

    /// The first `count` bytes as text.
    static String utf8(byte[] bytes, int count) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, count))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("");
        }
    }
}
