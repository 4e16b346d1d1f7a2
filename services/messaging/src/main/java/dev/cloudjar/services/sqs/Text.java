package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.INVALID_MESSAGE_CONTENTS;

import java.util.Locale;

/// What SQS allows in bodies and identifiers.
final class Text {
    private static final int LONGEST_ID = 128;

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

    /// The bytes of `text` in UTF-8, without encoding it.
    static int length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }

    /// A group or deduplication id: letters, digits and punctuation, 1 to 128 of them.
    static void checkId(String id, String parameter) {
        if (id.isEmpty() || id.length() > LONGEST_ID || !id.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw Refusals.invalid(
                    id,
                    parameter,
                    parameter + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
    }

    /// A batch entry's id or a permission's label: letters, digits, hyphens and underscores, 1 to 80 of them.
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 80
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
    }
}
