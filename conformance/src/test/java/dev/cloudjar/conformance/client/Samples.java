package dev.cloudjar.conformance.client;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.Flag;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the smallest value of a shape that AWS's constraints allow.
public final class Samples {
    private static final int MAX_DEPTH = 12;
    private static final int ANY_LENGTH = 1 << 20;

    /// Texts for patterns that look ahead too far to be followed.
    private static final List<String> USUAL =
            List.of("Passw0rd", "assignment", "arn:aws:fsx:us-east-1:123456789012:volume/fs-1");

    /// A shape of which no value could be made.
    public static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Impossible(String reason) {
            super(reason, null, false, false);
        }
    }

    private final boolean complete;
    private int depth;

    public Samples() {
        this(false);
    }

    private Samples(boolean complete) {
        this.complete = complete;
    }

    /// A value of `shape` with every member, as JSON.
    public static byte[] exampleJson(StructShape shape) throws IOException {
        return new TreeBody(false, true).write(new Samples(true).smallest(shape));
    }

    /// A value with the required members alone. Throws [Impossible] with the reason where there is none.
    public Struct smallest(StructShape shape) {
        if (++depth > MAX_DEPTH) {
            throw new Impossible(shape.name() + " requires itself");
        }
        Struct value = shape.create();
        for (Member member : shape.members()) {
            if (isNeeded(member)) {
                value.set(member, member(member));
            }
        }
        if (shape.is(Flag.UNION) && !shape.members().isEmpty()) {
            union(shape, value);
        }
        depth--;
        return value;
    }

    /// Labels of the path are needed whatever the model says, streams of events can be empty.
    private boolean isNeeded(Member member) {
        boolean events = member.target() instanceof StructShape shape && shape.isEventStream();
        return !events
                && (complete || member.is(Trait.REQUIRED) || member.wire().location() == Location.URI);
    }

    private void union(StructShape shape, Struct value) {
        int before = depth;
        Optional<Impossible> refusal = Optional.empty();
        for (Member member : shape.members()) {
            try {
                value.set(member, value(member.target()));
                return;
            } catch (Impossible another) {
                depth = before;
                refusal = Optional.of(another);
            }
        }
        refusal.ifPresent(reason -> {
            throw reason;
        });
    }

    /// A label is never empty: the path would be another's.
    private Object member(Member member) {
        boolean label =
                member.wire().location() == Location.URI || member.wire().location() == Location.HEADER;
        Object value = value(member.target());
        return label && value.equals("") ? text(member.target(), 1) : value;
    }

    private Object value(Shape shape) {
        return switch (shape) {
            case StructShape struct -> smallest(struct);
            case ListShape list -> list(list);
            case MapShape map -> map(map);
            case Shape scalar -> scalar(scalar);
        };
    }

    private List<Object> list(ListShape shape) {
        var values = new ArrayList<Object>();
        for (int i = 0; i < entries(shape); i++) {
            values.add(value(shape.element()));
        }
        return values;
    }

    private Map<String, Object> map(MapShape shape) {
        var values = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries(shape); i++) {
            String key = text(shape.key(), 0);
            values.put(i == 0 ? key : key + i, value(shape.value()));
        }
        return values;
    }

    private int entries(Shape shape) {
        return Math.max(complete ? 1 : 0, least(shape));
    }

    private static int least(Shape shape) {
        return shape.constraints().min().map(Number::intValue).orElse(0);
    }

    private static Object scalar(Shape shape) {
        Number min = shape.constraints().min().orElse(1);
        Number max = shape.constraints().max().orElse(Long.MAX_VALUE);
        Number number = min.doubleValue() > max.doubleValue() ? max : min;
        return switch (shape.type()) {
            case BOOLEAN -> false;
            case INTEGER -> (int) Math.min(number.longValue(), max.longValue());
            case LONG -> Math.min(number.longValue(), max.longValue());
            case FLOAT -> (float) Math.min(number.doubleValue(), max.doubleValue());
            case DOUBLE -> Math.min(number.doubleValue(), max.doubleValue());
            case STRING -> text(shape, 0);
            case TIMESTAMP -> Instant.ofEpochSecond(1_800_000_000);
            case BLOB -> Blob.of(new byte[least(shape)]);
            case DOCUMENT -> new LinkedHashMap<String, Object>();
            case LIST, MAP, STRUCTURE -> throw new Impossible(shape + " has a class of its own");
        };
    }

    private static String text(Shape shape, int atLeast) {
        Shape.Constraints constraints = shape.constraints();
        if (!constraints.values().isEmpty()) {
            return constraints.values().getFirst();
        }
        int min = Math.max(atLeast, least(shape));
        int max = constraints.max().map(Number::intValue).orElse(ANY_LENGTH);
        if (constraints.pattern().isEmpty()) {
            return "a".repeat(min);
        }
        String pattern = constraints.pattern().get();
        return new PatternText(pattern, min, Math.max(min, max))
                .find()
                .or(() -> USUAL.stream().filter(text -> text.matches(pattern)).findFirst())
                .orElseThrow(() -> new Impossible(shape.name() + " of " + min + " to " + max + " matches " + pattern));
    }
}
