package dev.cloudjar.model.schema;

import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.model.Type;
import dev.cloudjar.model.digest.Entry;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes one shape: its type, its constraints, then what its type needs.
final class ShapeWriter {
    private final ShapeTable shapes;
    private final boolean queryCompatible;

    ShapeWriter(ShapeTable shapes, boolean queryCompatible) {
        this.shapes = shapes;
        this.queryCompatible = queryCompatible;
    }

    void write(Entry shape, ByteWriter out) {
        Type type = type(shape);
        out.number(type.ordinal());
        switch (type) {
            case STRUCTURE -> structure(shape, out);
            case LIST -> {
                constraints(shape, out);
                out.number(shapes.number(shape.word(2)));
                out.optional(shape.fact("elementName"));
                out.number(layout(shape));
            }
            case MAP -> {
                constraints(shape, out);
                out.number(shapes.number(shape.word(2)));
                out.number(shapes.number(shape.word(3)));
                out.optional(shape.fact("keyName"));
                out.optional(shape.fact("valueName"));
                out.number(layout(shape));
            }
            default -> constraints(shape, out);
        }
    }

    private static int layout(Entry shape) {
        return (shape.is("flattened") ? 1 : 0) | (shape.is("sparse") ? 2 : 0);
    }

    static Type type(Entry shape) {
        return switch (shape.kind()) {
            case "structure" -> shape.is("document") ? Type.DOCUMENT : Type.STRUCTURE;
            case "list" -> Type.LIST;
            case "map" -> Type.MAP;
            case "boolean" -> Type.BOOLEAN;
            case "byte", "short", "integer" -> Type.INTEGER;
            case "long", "biginteger" -> Type.LONG;
            case "float" -> Type.FLOAT;
            case "double", "bigdecimal" -> Type.DOUBLE;
            case "string", "character" -> Type.STRING;
            case "timestamp" -> Type.TIMESTAMP;
            case "blob" -> Type.BLOB;
            default -> throw new IllegalArgumentException("No such type: " + shape.kind());
        };
    }

    private static void constraints(Entry shape, ByteWriter out) {
        List<String> values = shape.entries().stream().map(Entry::kind).toList();
        Optional<TimestampFormat> format = format(shape);
        boolean bounded = bound(shape, "min").isPresent() || bound(shape, "max").isPresent();
        if (shape.facts().isEmpty() && values.isEmpty() && !shape.is("sensitive") && !bounded) {
            out.number(0);
            return;
        }
        out.number(1);
        out.optional(bound(shape, "min"));
        out.optional(bound(shape, "max"));
        out.optional(shape.fact("pattern"));
        out.texts(values);
        out.number(format.map(f -> f.ordinal() + 1).orElse(0));
        out.number(shape.is("sensitive") ? 1 : 0);
    }

    /// A byte and a short are integers whose bounds the model leaves unsaid.
    private static Optional<String> bound(Entry shape, String end) {
        return shape.fact(end).or(() -> switch (shape.kind()) {
            case "byte" -> Optional.of(end.equals("min") ? "-128" : "127");
            case "short" -> Optional.of(end.equals("min") ? "-32768" : "32767");
            default -> Optional.empty();
        });
    }

    private static Optional<TimestampFormat> format(Entry entry) {
        return entry.fact("timestampFormat").map(format -> switch (format) {
            case "iso8601" -> TimestampFormat.ISO8601;
            case "rfc822" -> TimestampFormat.RFC822;
            case "unixTimestamp" -> TimestampFormat.UNIX;
            default -> throw new IllegalArgumentException("No such timestamp format: " + format);
        });
    }

    private void structure(Entry shape, ByteWriter out) {
        out.number(bits(flags(shape)));
        out.number(shape.is("sensitive") ? 1 : 0);
        error(shape, out);
        namespace(shape, out);
        out.optional(shape.fact("locationName"));
        out.number(shape.entries().size());
        String payload = shape.fact("payload").orElse("");
        for (Entry member : shape.entries()) {
            member(member, payload.equals(member.kind()), out);
        }
    }

    private static Set<Flag> flags(Entry shape) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        add(flags, Flag.UNION, shape.is("union") || shape.is("eventstream"));
        add(flags, Flag.EVENT_STREAM, shape.is("eventstream"));
        add(flags, Flag.EVENT, shape.is("event"));
        add(flags, Flag.ERROR, isError(shape));
        add(flags, Flag.UNIT, shape.is("unit"));
        add(flags, Flag.SENDER_FAULT, isError(shape) && !isServerFault(shape));
        return flags;
    }

    private static boolean isError(Entry shape) {
        return shape.is("exception") || shape.fact("status").isPresent();
    }

    private static boolean isServerFault(Entry shape) {
        return shape.is("fault") || !shape.is("senderFault") && status(shape) >= 500;
    }

    private static int status(Entry shape) {
        return shape.fact("status").map(Integer::parseInt).orElse(shape.is("fault") ? 500 : 400);
    }

    /// Where a service once spoke query, its modelled code is that of query; today's protocols say the shape's name.
    private void error(Entry shape, ByteWriter out) {
        out.number(isError(shape) ? status(shape) : 0);
        if (isError(shape)) {
            String queryCode = shape.fact("code").orElse(shape.name());
            out.text(queryCompatible ? shape.name() : queryCode);
            out.text(queryCode);
        }
    }

    private static void namespace(Entry entry, ByteWriter out) {
        out.optional(entry.fact("xmlNamespace"));
        out.optional(entry.fact("xmlPrefix"));
    }

    private void member(Entry member, boolean payload, ByteWriter out) {
        Entry target = shapes.entry(member.word(1));
        Optional<String> locationName = inherited(member, target, "locationName");
        Optional<String> queryName = inherited(member, target, "queryName");
        out.text(member.kind());
        out.number(shapes.number(target.name()));
        boolean plain = member.facts().isEmpty() && locationName.isEmpty() && queryName.isEmpty();
        out.number(bits(traits(member, target, payload)) << 1 | (plain ? 0 : 1));
        if (!plain) {
            out.number(location(member, target).ordinal());
            out.optional(locationName);
            out.optional(queryName);
            out.number(format(member).map(f -> f.ordinal() + 1).orElse(0));
            namespace(member, out);
        }
    }

    /// A name that a shape brings holds for its members too, unless they bring their own. A structure's is that of its
    /// root element and holds for no member.
    private static Optional<String> inherited(Entry member, Entry target, String name) {
        return member.fact(name).or(() -> type(target) == Type.STRUCTURE ? Optional.empty() : target.fact(name));
    }

    private static Set<Trait> traits(Entry member, Entry target, boolean payload) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        boolean streaming = member.is("streaming") || target.is("streaming");
        add(traits, Trait.REQUIRED, member.is("required"));
        add(traits, Trait.PAYLOAD, payload);
        add(traits, Trait.STREAMING, payload && streaming);
        add(traits, Trait.REQUIRES_LENGTH, member.is("requiresLength") || target.is("requiresLength"));
        add(traits, Trait.FLATTENED, member.is("flattened"));
        add(traits, Trait.XML_ATTRIBUTE, member.is("xmlAttribute"));
        add(traits, Trait.XML_TEXT, member.is("xmlText"));
        add(traits, Trait.IDEMPOTENCY_TOKEN, member.is("idempotencyToken"));
        add(traits, Trait.HOST_LABEL, member.is("hostLabel"));
        add(traits, Trait.EVENT_PAYLOAD, member.is("eventpayload"));
        add(traits, Trait.EVENT_HEADER, member.is("eventheader"));
        add(traits, Trait.SENSITIVE, member.is("sensitive"));
        add(traits, Trait.JSON_VALUE, member.is("jsonvalue"));
        add(traits, Trait.DEPRECATED, member.is("deprecated"));
        return traits;
    }

    private static Location location(Entry member, Entry target) {
        String location = member.fact("location").orElse("");
        return switch (location) {
            case "" -> Location.BODY;
            case "header" -> Location.HEADER;
            case "headers" -> Location.HEADERS;
            case "querystring" -> type(target) == Type.MAP ? Location.QUERY_MAP : Location.QUERY;
            case "uri" -> Location.URI;
            case "statusCode" -> Location.STATUS;
            default -> throw new IllegalArgumentException("No such location: " + location);
        };
    }

    private static <T> void add(Set<T> all, T one, boolean so) {
        if (so) {
            all.add(one);
        }
    }

    private static int bits(Set<? extends Enum<?>> all) {
        return all.stream().mapToInt(one -> 1 << one.ordinal()).reduce(0, (a, b) -> a | b);
    }
}
