package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.model.Type;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Members as header values: lists separated by commas, strings among them quoted where they must be, JSON in
/// base64, instants in the format of HTTP dates.
final class HeaderText {
    private HeaderText() {}

    static Object parse(Member member, String text) {
        if (member.is(Trait.JSON_VALUE)) {
            byte[] json = Scalars.blob(text).bytes();
            return Percent.utf8(json, json.length);
        }
        if (member.target() instanceof ListShape list) {
            return parseList(list.element(), text);
        }
        return Scalars.parse(member.target(), format(member.timestampFormat()), text);
    }

    private static List<Object> parseList(Shape element, String text) {
        TimestampFormat format = format(element.constraints().timestampFormat());
        var values = new ArrayList<Object>();
        if (text.isBlank()) {
            return values;
        }
        boolean dates = element.type() == Type.TIMESTAMP && format == TimestampFormat.RFC822;
        int start = 0;
        while (start <= text.length()) {
            int end = dates ? comma(text, Math.max(comma(text, start) + 1, start)) : comma(text, start);
            values.add(Scalars.parse(element, format, unquoted(text.substring(start, end))));
            start = end + 1;
        }
        return values;
    }

    /// The first comma from `start` on that stands outside quotes, or the end.
    private static int comma(String text, int start) {
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    private static String unquoted(String raw) {
        String text = raw.strip();
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            plain.append(c == '\\' && i < text.length() - 2 ? text.charAt(++i) : c);
        }
        return plain.toString();
    }

    static String format(Member member, Object value) {
        if (member.is(Trait.JSON_VALUE)) {
            return Base64.getEncoder().encodeToString(Blob.of((String) value).bytes());
        }
        if (!(member.target() instanceof ListShape list)) {
            return Scalars.format(value, format(member.timestampFormat()));
        }
        TimestampFormat format = format(list.element().constraints().timestampFormat());
        var text = new StringBuilder();
        for (Object element : (List<?>) value) {
            text.append(text.isEmpty() ? "" : ", ");
            text.append(element instanceof String string ? quoted(string) : Scalars.format(element, format));
        }
        return text.toString();
    }

    private static String quoted(String text) {
        if (text.indexOf(',') < 0 && text.indexOf('"') < 0) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static TimestampFormat format(Optional<TimestampFormat> modelled) {
        return modelled.orElse(TimestampFormat.RFC822);
    }
}
