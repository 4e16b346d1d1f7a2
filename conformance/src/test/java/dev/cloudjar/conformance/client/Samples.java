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

    /// A value of `shape` with every member.
    public static Struct example(StructShape shape) {
        return new Samples(true).smallest(shape);
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
        boolean oneOf = shape.is(Flag.UNION) || depth > 1 && isEmpty(value);
        if (oneOf && !shape.members().isEmpty()) {
            anyMember(shape, value);
        }
        depth--;
        return value;
    }

    /// Forms and XML cannot tell an empty structure from none.
    private static boolean isEmpty(Struct value) {
        return value.shape().members().stream().allMatch(member -> value.get(member) == null);
    }

    /// Labels of the path are needed whatever the model says, streams of events can be empty.
    private boolean isNeeded(Member member) {
        boolean events = member.target() instanceof StructShape shape && shape.isEventStream();
        return !events
                && (complete || member.is(Trait.REQUIRED) || member.wire().location() == Location.URI);
    }

    /// A value of one member alone.
    public Object any(Member member) {
        depth++;
        Object value = member(member);
        depth--;
        return value;
    }

    private void anyMember(StructShape shape, Struct value) {
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

    /// HTTP cannot tell an empty label, header or body from none.
    private Object member(Member member) {
        boolean http = member.wire().location() != Location.BODY || member.is(Trait.PAYLOAD);
        Object value = value(member.target());
        return http && value.equals("") ? text(member.target(), 1) : value;
    }

    private Object value(Shape shape) {
        return switch (shape) {
            case StructShape struct -> smallest(struct);
            case ListShape list -> list(list);
            case MapShape map -> map(map);
            case Shape scalar -> scalar(scalar);
        };
    }

    /// One element at least, where there can be one: forms cannot tell an empty list from none.
    private List<Object> list(ListShape shape) {
        var values = new ArrayList<Object>();
        int before = depth;
        try {
            for (int i = 0; i < Math.max(1, least(shape)); i++) {
                values.add(value(shape.element()));
            }
        } catch (Impossible element) {
            depth = before;
            if (least(shape) > 0) {
                throw element;
            }
        }
        return values;
    }

    private Map<String, Object> map(MapShape shape) {
        var values = new LinkedHashMap<String, Object>();
        int before = depth;
        try {
            for (int i = 0; i < Math.max(1, least(shape)); i++) {
                String key = text(shape.key(), 1);
                values.put(i == 0 ? key : key + i, value(shape.value()));
            }
        } catch (Impossible element) {
            depth = before;
            if (least(shape) > 0) {
                throw element;
            }
        }
        return values;
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
            case BLOB -> Blob.of(new byte[Math.max(1, least(shape))]);
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
