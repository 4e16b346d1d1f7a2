package dev.cloudjar.model.schema;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Member.Wire;
import dev.cloudjar.model.Member.XmlNamespace;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Shape.Constraints;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.ErrorFacts;
import dev.cloudjar.model.StructShape.Facts;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.model.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Builds one shape from the bytes that [ShapeWriter] wrote.
final class ShapeBuilder {
    private static final Type[] TYPES = Type.values();
    private static final Location[] LOCATIONS = Location.values();
    private static final TimestampFormat[] FORMATS = TimestampFormat.values();

    private final Shapes shapes;
    private final IntFunction<ByteReader> readers;
    private final StructShape.Maker maker;

    ShapeBuilder(Shapes shapes, IntFunction<ByteReader> readers, StructShape.Maker maker) {
        this.shapes = shapes;
        this.readers = readers;
        this.maker = maker;
    }

    Shape build(String name, int number, int at) {
        ByteReader in = readers.apply(at);
        Type type = TYPES[in.number()];
        return switch (type) {
            case STRUCTURE -> structure(name, number, in);
            case LIST -> list(name, in);
            case MAP -> map(name, in);
            default -> new Shape(name, type, constraints(in));
        };
    }

    private ListShape list(String name, ByteReader in) {
        Constraints constraints = constraints(in);
        Supplier<Shape> element = shapes.shape(in.number());
        Optional<String> elementName = in.optional();
        int layout = in.number();
        return new ListShape(name, constraints, element, elementName, (layout & 1) != 0, (layout & 2) != 0);
    }

    private MapShape map(String name, ByteReader in) {
        Constraints constraints = constraints(in);
        Supplier<Shape> key = shapes.shape(in.number());
        Supplier<Shape> value = shapes.shape(in.number());
        Optional<String> keyName = in.optional();
        Optional<String> valueName = in.optional();
        int layout = in.number();
        return new MapShape(name, constraints, key, value, keyName, valueName, (layout & 1) != 0, (layout & 2) != 0);
    }

    private static Constraints constraints(ByteReader in) {
        if (in.number() == 0) {
            return Constraints.NONE;
        }
        return new Constraints(
                in.optional().map(ShapeBuilder::bound),
                in.optional().map(ShapeBuilder::bound),
                in.optional(),
                in.texts(),
                format(in),
                in.number() == 1);
    }

    private static Number bound(String text) {
        boolean whole = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        return whole && text.length() < 19 ? (Number) Long.valueOf(text) : (Number) Double.valueOf(text);
    }

    private static Optional<TimestampFormat> format(ByteReader in) {
        int format = in.number();
        return format == 0 ? Optional.empty() : Optional.of(FORMATS[format - 1]);
    }

    private StructShape structure(String name, int number, ByteReader in) {
        Set<Flag> flags = set(Flag.class, in.number());
        boolean sensitive = in.number() == 1;
        int status = in.number();
        Optional<ErrorFacts> error =
                status == 0 ? Optional.empty() : Optional.of(new ErrorFacts(in.text(), in.text(), status));
        Optional<XmlNamespace> namespace = namespace(in);
        Optional<String> xmlName = in.optional();
        int count = in.number();
        List<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(member(i, in));
        }
        var facts = new Facts(flags, error, namespace, xmlName, sensitive);
        return new StructShape(name, members, facts, shape -> maker.make(number, shape));
    }

    private Member member(int index, ByteReader in) {
        String name = in.text();
        Supplier<Shape> target = shapes.shape(in.number());
        int head = in.number();
        Wire wire = (head & 1) == 0 ? Wire.BODY : wire(in);
        return new Member(name, index, target, wire, set(Trait.class, head >>> 1));
    }

    private static Wire wire(ByteReader in) {
        return new Wire(LOCATIONS[in.number()], in.optional(), in.optional(), format(in), namespace(in));
    }

    private static Optional<XmlNamespace> namespace(ByteReader in) {
        Optional<String> uri = in.optional();
        Optional<String> prefix = in.optional();
        return uri.map(u -> new XmlNamespace(prefix, u));
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> type, int bits) {
        if (bits == 0) {
            return Set.of();
        }
        Set<E> set = EnumSet.noneOf(type);
        for (E one : type.getEnumConstants()) {
            if ((bits & 1 << one.ordinal()) != 0) {
                set.add(one);
            }
        }
        return set;
    }
}
