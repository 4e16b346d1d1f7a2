package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Member.XmlNamespace;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.wire.protocol.BodyFormat.Binding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Writes values of a shape as XML elements.
final class XmlShapeWriter {
    private final XmlWriter out;
    private final boolean millis;
    private final Binding binding;
    private final Function<Member, String> names;

    /// `millis` asks for the milliseconds of every instant, zero or not.
    XmlShapeWriter(XmlWriter out, boolean millis, Binding binding) {
        this(out, millis, binding, XmlNames::element);
    }

    private XmlShapeWriter(XmlWriter out, boolean millis, Binding binding, Function<Member, String> names) {
        this.out = out;
        this.millis = millis;
        this.binding = binding;
        this.names = names;
    }

    /// Writes answers of the query protocol, where some members have names of their own.
    static XmlShapeWriter ofQuery(XmlWriter out, boolean millis) {
        return new XmlShapeWriter(out, millis, Binding.NONE, XmlNames::queryElement);
    }

    /// The attributes and elements of `struct` that travel in a body, into an element that has just been started.
    void members(Struct struct) {
        attributes(struct);
        List<Member> members = struct.shape().members();
        for (int i = 0; i < members.size(); i++) {
            Object value = struct.get(i);
            if (value != null && binding.holds(members.get(i))) {
                member(members.get(i), value);
            }
        }
    }

    private void attributes(Struct struct) {
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null && member.is(Trait.XML_ATTRIBUTE)) {
                out.attribute(member.wireName(), text(value, member.timestampFormat()));
            }
        }
    }

    private void member(Member member, Object value) {
        if (member.is(Trait.XML_ATTRIBUTE)) {
            return;
        }
        String name = names.apply(member);
        if (XmlNames.flattened(member) && member.target() instanceof ListShape list) {
            for (Object element : (List<?>) value) {
                named(name, list.element(), element, member);
            }
        } else if (XmlNames.flattened(member) && member.target() instanceof MapShape map) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.start(name);
                namespace(member);
                entry(map, entry);
                out.end(name);
            }
        } else {
            named(name, member.target(), value, member);
        }
    }

    private void named(String name, Shape shape, Object value, Member member) {
        out.start(name);
        namespace(member);
        content(shape, value, shape == member.target() ? member.timestampFormat() : Optional.empty());
        out.end(name);
    }

    private void namespace(Member member) {
        member.wire().xmlNamespace().ifPresentOrElse(this::declare, () -> {
            if (member.target() instanceof StructShape shape) {
                shape.xmlNamespace().ifPresent(this::declare);
            }
        });
    }

    void declare(XmlNamespace namespace) {
        String prefix = namespace.prefix().map(p -> "xmlns:" + p).orElse("xmlns");
        out.attribute(prefix, namespace.uri());
    }

    /// What stands within the element of a value.
    void content(Shape shape, Object value, Optional<TimestampFormat> format) {
        switch (shape) {
            case StructShape struct -> members((Struct) value);
            case ListShape list -> list(list, (List<?>) value);
            case MapShape map -> {
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    out.start("entry");
                    entry(map, entry);
                    out.end("entry");
                }
            }
            case Shape scalar ->
                out.text(text(value, format.or(() -> scalar.constraints().timestampFormat())));
        }
    }

    private void list(ListShape shape, List<?> values) {
        String name = XmlNames.listElement(shape);
        for (Object value : values) {
            out.start(name);
            content(shape.element(), value, Optional.empty());
            out.end(name);
        }
    }

    private void entry(MapShape shape, Map.Entry<?, ?> entry) {
        out.element(XmlNames.key(shape), (String) entry.getKey());
        String name = XmlNames.value(shape);
        out.start(name);
        content(shape.value(), entry.getValue(), Optional.empty());
        out.end(name);
    }

    private String text(Object value, Optional<TimestampFormat> format) {
        TimestampFormat wanted = format.orElse(TimestampFormat.ISO8601);
        if (millis && wanted == TimestampFormat.ISO8601 && value instanceof Instant instant) {
            return Timestamps.iso8601(instant, true);
        }
        return Scalars.format(value, wanted);
    }
}
