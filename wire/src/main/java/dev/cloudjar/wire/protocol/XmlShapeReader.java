package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.wire.protocol.BodyFormat.Binding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the element that a cursor stands at into values of a shape. Unknown elements are skipped, or refused
/// where the reader is `strict`, as are those that come twice.
final class XmlShapeReader {
    private final XmlReader in;
    private final boolean strict;

    XmlShapeReader(XmlReader in, boolean strict) {
        this.in = in;
        this.strict = strict;
    }

    void fill(Struct struct) {
        attributes(struct);
        while (in.nextChild()) {
            Optional<Member> member = member(struct.shape(), in.name());
            if (member.isPresent()) {
                read(struct, member.get());
            } else {
                unknown();
            }
        }
    }

    private void unknown() {
        if (strict) {
            throw new Unreadable("");
        }
        in.skip();
    }

    private void attributes(Struct struct) {
        for (Member member : struct.shape().members()) {
            if (member.is(Trait.XML_ATTRIBUTE)) {
                in.attribute(member.wireName())
                        .ifPresent(text -> struct.set(member, Scalars.parse(member.target(), format(member), text)));
            }
        }
    }

    private static Optional<Member> member(StructShape shape, String element) {
        Optional<Member> named = shape.memberOnWire(element);
        if (named.isPresent() && isElement(named.get())) {
            return named;
        }
        for (Member member : shape.members()) {
            if (isElement(member) && XmlNames.element(member).equals(element)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    private static boolean isElement(Member member) {
        return Binding.REQUEST.holds(member) && !member.is(Trait.XML_ATTRIBUTE);
    }

    private void read(Struct struct, Member member) {
        Shape target = member.target();
        if (target instanceof ListShape list && XmlNames.flattened(member)) {
            List<Object> values = struct.get(member) instanceof FlatList held ? held : new FlatList();
            values.add(value(list.element(), Optional.empty()));
            struct.set(member, values);
        } else if (target instanceof MapShape map && XmlNames.flattened(member)) {
            Map<String, Object> values = struct.get(member) instanceof FlatMap held ? held : new FlatMap();
            entry(map, values);
            struct.set(member, values);
        } else if (strict && struct.has(member.index())) {
            throw new Unreadable("");
        } else {
            struct.set(member, value(target, member.timestampFormat()));
        }
    }

    Object value(Shape shape, Optional<TimestampFormat> format) {
        return switch (shape) {
            case StructShape struct -> struct(struct);
            case ListShape list -> list(list);
            case MapShape map -> map(map);
            case Shape scalar -> Scalars.parse(scalar, format(scalar, format), in.text());
        };
    }

    private Struct struct(StructShape shape) {
        Struct struct = shape.create();
        fill(struct);
        return struct;
    }

    private List<Object> list(ListShape shape) {
        String name = XmlNames.listElement(shape);
        Shape element = shape.element();
        var values = new ArrayList<Object>();
        while (in.nextChild()) {
            if (in.name().equals(name)) {
                values.add(value(element, Optional.empty()));
            } else {
                unknown();
            }
        }
        return values;
    }

    private Map<String, Object> map(MapShape shape) {
        var values = new LinkedHashMap<String, Object>();
        while (in.nextChild()) {
            if (in.name().equals("entry")) {
                entry(shape, values);
            } else {
                unknown();
            }
        }
        return values;
    }

    private void entry(MapShape shape, Map<String, Object> into) {
        Optional<String> key = Optional.empty();
        Optional<Object> value = Optional.empty();
        while (in.nextChild()) {
            if (in.name().equals(XmlNames.key(shape))) {
                key = Optional.of(in.text());
            } else if (in.name().equals(XmlNames.value(shape))) {
                value = Optional.of(value(shape.value(), Optional.empty()));
            } else {
                unknown();
            }
        }
        if (key.isEmpty() || value.isEmpty()) {
            throw new Unreadable("");
        }
        into.put(key.get(), value.get());
    }

    private static TimestampFormat format(Member member) {
        return member.timestampFormat().orElse(TimestampFormat.ISO8601);
    }

    private static TimestampFormat format(Shape shape, Optional<TimestampFormat> member) {
        return member.or(() -> shape.constraints().timestampFormat()).orElse(TimestampFormat.ISO8601);
    }

    /// The elements of a flattened list read so far.
    private static final class FlatList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
    }

    /// The entries of a flattened map read so far.
    private static final class FlatMap extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;
    }
}
