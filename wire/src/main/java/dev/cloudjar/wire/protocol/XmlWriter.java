package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;

/// Writes one XML document, element by element. Names are the model's and are not escaped; text is.
final class XmlWriter {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final StringBuilder out = new StringBuilder(512);
    private boolean tagOpen;

    XmlWriter declaration() {
        out.append(DECLARATION);
        return this;
    }

    XmlWriter start(String name) {
        closeTag();
        out.append('<').append(name);
        tagOpen = true;
        return this;
    }

    /// An attribute of the element just started.
    XmlWriter attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value, true);
        out.append('"');
        return this;
    }

    XmlWriter text(String text) {
        closeTag();
        escape(text, false);
        return this;
    }

    XmlWriter end(String name) {
        if (tagOpen) {
            out.append("/>");
            tagOpen = false;
        } else {
            out.append("</").append(name).append('>');
        }
        return this;
    }

    XmlWriter element(String name, String text) {
        return start(name).text(text).end(name);
    }

    Blob bytes() {
        return Blob.of(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void closeTag() {
        if (tagOpen) {
            out.append('>');
            tagOpen = false;
        }
    }

    private void escape(String text, boolean inAttribute) {
        int clean = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '>' && c < 0x7f || !special(c, inAttribute)) {
                continue;
            }
            out.append(text, clean, i);
            clean = i + 1;
            reference(c);
        }
        out.append(text, clean, text.length());
    }

    private static boolean special(char c, boolean inAttribute) {
        return switch (c) {
            case '&', '<', '>', '\r' -> true;
            case '"', '\n', '\t' -> inAttribute;
            case 0x85, 0x2028 -> true;
            default -> c < 0x20;
        };
    }

    /// Characters that XML 1.0 does not know are written as references all the same, as S3 does.
    private void reference(char c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            default -> out.append("&#x").append(Integer.toHexString(c)).append(';');
        }
    }
}
