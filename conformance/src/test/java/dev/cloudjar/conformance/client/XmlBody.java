package dev.cloudjar.conformance.client;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes structures as XML elements, the way restXml clients do.
final class XmlBody {
    private final StringBuilder out = new StringBuilder();

    /// The members of `value` that travel in a body, within the element `root`.
    byte[] write(String root, Struct value) {
        struct(root, value);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void struct(String name, Struct struct) {
        out.append('<').append(name);
        namespace(struct.shape());
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null && member.is(Trait.XML_ATTRIBUTE)) {
                out.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ")
                        .append(member.wireName());
                out.append("=\"").append(value).append('"');
            }
        }
        out.append('>');
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            boolean element = member.wire().location() == Location.BODY && !member.is(Trait.XML_ATTRIBUTE);
            if (value != null && element) {
                member(member, value);
            }
        }
        out.append("</").append(name).append('>');
    }

    private void namespace(StructShape shape) {
        shape.xmlNamespace().ifPresent(namespace -> {
            String prefix = namespace.prefix().map(p -> ":" + p).orElse("");
            out.append(" xmlns")
                    .append(prefix)
                    .append("=\"")
                    .append(namespace.uri())
                    .append('"');
        });
    }

    private void member(Member member, Object value) {
        String name = member.wireName();
        switch (member.target()) {
            case ListShape list
            when member.is(Trait.FLATTENED) || list.flattened() ->
                ((List<?>) value).forEach(element -> value(name, list.element(), element, Optional.empty()));
            case MapShape map
            when member.is(Trait.FLATTENED) || map.flattened() ->
                ((Map<?, ?>) value).forEach((key, element) -> entry(name, map, key, element));
            case Shape other -> value(name, other, value, member.timestampFormat());
        }
    }

    private void value(String name, Shape shape, Object value, Optional<TimestampFormat> format) {
        if (value instanceof Struct struct) {
            struct(name, struct);
            return;
        }
        out.append('<').append(name).append('>');
        switch (shape) {
            case ListShape list ->
                ((List<?>) value)
                        .forEach(element ->
                                value(list.elementName().orElse("member"), list.element(), element, Optional.empty()));
            case MapShape map -> ((Map<?, ?>) value).forEach((key, element) -> entry("entry", map, key, element));
            case Shape scalar ->
                out.append(escaped(
                        Scalar.text(value, format.or(() -> scalar.constraints().timestampFormat()))));
        }
        out.append("</").append(name).append('>');
    }

    private void entry(String name, MapShape map, Object key, Object value) {
        out.append('<').append(name).append('>');
        value(map.keyName().orElse("key"), map.key(), key, Optional.empty());
        value(map.valueName().orElse("value"), map.value(), value, Optional.empty());
        out.append("</").append(name).append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
