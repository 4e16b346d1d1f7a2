package dev.cloudjar.services.dynamodb.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text as DynamoDB counts and orders it: by its UTF-8 bytes.
public final class Utf8 {
    private Utf8() {}

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

    static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
