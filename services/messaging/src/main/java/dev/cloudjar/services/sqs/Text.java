package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.INVALID_MESSAGE_CONTENTS;

import java.util.Locale;

/// What SQS allows in bodies.
final class Text {
    private Text() {}

    /// Refuses characters that XML 1.0 does not have.
    static void check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fine = c >= ' ' && c < 0xD800 || c == '\t' || c == '\n' || c == '\r' || c >= 0xE000 && c <= 0xFFFD;
            if (!fine) {
                i += checkPair(text, i);
            }
        }
    }

    private static int checkPair(String text, int at) {
        int point = text.codePointAt(at);
        if (point < 0x10000) {
            throw INVALID_MESSAGE_CONTENTS.because(
                    "Invalid binary character '#x%s' was found in the message body, the set of allowed characters is"
                            + " #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]",
                    Integer.toHexString(point).toUpperCase(Locale.ROOT));
        }
        return 1;
    }
}
