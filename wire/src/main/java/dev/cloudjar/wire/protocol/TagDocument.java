package dev.cloudjar.wire.protocol;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/// S3's document of tags, as forms carry it in a field, in the spelling of the header `x-amz-tagging`.
public final class TagDocument {
    private TagDocument() {}

    /// `key=value&…` for the tags of a `Tagging` document.
    public static String asHeader(String xml) {
        try {
            XmlReader in = XmlReader.open(xml.strip().getBytes(StandardCharsets.UTF_8));
            var header = new StringJoiner("&");
            if (!in.name().equals("Tagging") || !in.nextChild() || !in.name().equals("TagSet")) {
                throw Refusals.xml();
            }
            while (in.nextChild()) {
                header.add(tag(in));
            }
            return header.toString();
        } catch (Unreadable malformed) {
            throw Refusals.xml();
        }
    }

    private static String tag(XmlReader in) {
        String key = "";
        String value = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "Key" -> key = in.text();
                case "Value" -> value = in.text();
                default -> throw Refusals.xml();
            }
        }
        return coded(key) + '=' + coded(value);
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
