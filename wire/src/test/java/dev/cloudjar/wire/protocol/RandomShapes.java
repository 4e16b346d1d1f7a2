package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Member.Wire;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Shape.Constraints;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.Facts;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.model.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// An operation with an output of random shape, and random values of it.
final class RandomShapes {
    private static final String[] TEXTS = {
        "", " ", "a", "é\u4e16\uD83D\uDE00", "<a b=\"c\">&amp;'", "\"\\\n\t", "x".repeat(300)
    };
    private static final double[] NUMBERS = {0, -1.5, 1e300, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY};
    private static final int DEEPEST = 4;

    private final SplittableRandom random;
    private final Protocol protocol;

    RandomShapes(long seed, Protocol protocol) {
        this.random = new SplittableRandom(seed);
        this.protocol = protocol;
    }

    OperationSchema operation() {
        StructShape output = struct(0, isRest());
        var facts = new ServiceSchema.Facts(
                "random",
                "Random",
                "Random",
                "2020-01-01",
                "random",
                "random",
                List.of(protocol),
                Optional.of("Random"),
                Optional.of("https://random.example.com/"),
                false);
        var service = new ServiceSchema(
                facts,
                owner -> List.of(new OperationSchema(
                        owner,
                        "Op",
                        0,
                        new OperationSchema.Http("POST", "/", 200),
                        OperationSchema.Facts.PLAIN,
                        new OperationSchema.Shapes(
                                () -> output, () -> output, List::of, Optional.of("OpResult"), Optional.empty()))),
                new NoShapes(),
                List::of);
        return service.operations().getFirst();
    }

    private boolean isRest() {
        return protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML;
    }

    private boolean isXml() {
        return protocol == Protocol.REST_XML || protocol == Protocol.AWS_QUERY || protocol == Protocol.EC2_QUERY;
    }

    private StructShape struct(int depth, boolean bound) {
        var members = new ArrayList<Member>();
        var self = new StructShape[1];
        for (int i = random.nextInt(1, 7); i > 0; i--) {
            members.add(member(members.size(), depth, bound && random.nextInt(4) == 0, self));
        }
        self[0] = new StructShape("Struct" + random.nextInt(1000), members, Facts.PLAIN, Struct::new);
        return self[0];
    }

    private Member member(int index, int depth, boolean header, StructShape[] self) {
        boolean recursive = depth > 0 && random.nextInt(8) == 0;
        Shape shape = header ? scalar() : shape(depth + 1);
        Optional<String> name = random.nextBoolean() ? Optional.of("Wire" + index) : Optional.empty();
        Optional<TimestampFormat> format = shape.type() == Type.TIMESTAMP && random.nextBoolean() && !header
                ? Optional.of(TimestampFormat.values()[random.nextInt(3)])
                : Optional.empty();
        var wire = new Wire(
                header ? Location.HEADER : Location.BODY,
                header ? Optional.of("X-Wire" + index) : name,
                Optional.empty(),
                format,
                Optional.empty());
        boolean flat = isXml() && !header && !recursive && random.nextInt(3) == 0;
        return new Member(
                "member" + index,
                index,
                () -> recursive ? self[0] : shape,
                wire,
                flat ? Set.of(Trait.FLATTENED) : Set.of());
    }

    private Shape shape(int depth) {
        if (depth > DEEPEST) {
            return scalar();
        }
        Optional<String> name = random.nextBoolean() ? Optional.of("Named") : Optional.empty();
        return switch (random.nextInt(6)) {
            case 0 -> struct(depth, false);
            case 1 -> {
                Shape element = shape(depth + 1);
                yield new ListShape(
                        "List", Constraints.NONE, () -> element, name, false, !isXml() && random.nextBoolean());
            }
            case 2 -> {
                Shape value = shape(depth + 1);
                yield new MapShape(
                        "Map",
                        Constraints.NONE,
                        () -> new Shape("Key", Type.STRING, Constraints.NONE),
                        () -> value,
                        name.map(n -> n + "Key"),
                        name.map(n -> n + "Value"),
                        false,
                        !isXml() && random.nextBoolean());
            }
            default -> scalar();
        };
    }

    private Shape scalar() {
        Type[] types = {
            Type.STRING, Type.BOOLEAN, Type.INTEGER, Type.LONG, Type.FLOAT, Type.DOUBLE, Type.TIMESTAMP, Type.BLOB
        };
        return new Shape("Scalar", types[random.nextInt(types.length)], Constraints.NONE);
    }

    Struct value(StructShape shape, int depth) {
        Struct struct = shape.create();
        for (Member member : shape.members()) {
            boolean deep = depth > 2 * DEEPEST && member.target() instanceof StructShape;
            if (!deep && random.nextInt(4) != 0) {
                boolean header = member.wire().location() == Location.HEADER;
                Object value = header && member.target().type() == Type.STRING
                        ? "plain text"
                        : value(member.target(), depth + 1, member.is(Trait.FLATTENED));
                boolean seconds = header || member.wire().timestampFormat().equals(Optional.of(TimestampFormat.RFC822));
                struct.set(
                        member,
                        seconds && value instanceof Instant i ? Instant.ofEpochSecond(i.getEpochSecond()) : value);
            }
        }
        return struct;
    }

    private Object value(Shape shape, int depth, boolean filled) {
        return switch (shape.type()) {
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BOOLEAN -> random.nextBoolean();
            case INTEGER -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> (float) random.nextDouble(-10, 10);
            case DOUBLE -> NUMBERS[random.nextInt(NUMBERS.length)];
            case TIMESTAMP -> Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L));
            case BLOB -> Blob.of(TEXTS[random.nextInt(TEXTS.length)]);
            case LIST -> list((ListShape) shape, depth, filled);
            case MAP -> map((MapShape) shape, depth, filled);
            case STRUCTURE -> value((StructShape) shape, depth);
            case DOCUMENT -> throw new IllegalArgumentException();
        };
    }

    private List<Object> list(ListShape shape, int depth, boolean filled) {
        var values = new ArrayList<Object>();
        for (int i = random.nextInt(filled ? 1 : 0, 4); i > 0; i--) {
            values.add(value(shape.element(), depth + 1, false));
        }
        return values;
    }

    private Map<String, Object> map(MapShape shape, int depth, boolean filled) {
        var values = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(filled ? 1 : 0, 4); i > 0; i--) {
            values.put("key" + i + TEXTS[random.nextInt(TEXTS.length)], value(shape.value(), depth + 1, false));
        }
        return values;
    }

    /// The shapes hang together without names.
    private static final class NoShapes implements ServiceSchema.Shapes {
        @Override
        public @Nullable Shape find(String name) {
            return null;
        }

        @Override
        public List<String> names() {
            return List.of();
        }
    }
}
