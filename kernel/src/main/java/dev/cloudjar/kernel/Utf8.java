package dev.cloudjar.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text as AWS counts and orders it: by its UTF-8 bytes, without encoding it to count them.
public final class Utf8 {
    private Utf8() {}

    /// How many bytes `text` has in UTF-8.
    public static int length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }

    /// Which of two comes first by their bytes, unsigned.
    public static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
