package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Inputs that differ in one member from one that succeeds.
final class Edits {
    /// What an edit is of, and whether the result must be refused: without a header or a parameter, a request
    /// of REST may be another operation's.
    record Edit(String about, Struct input, boolean wrong) {}

    private static final int LONGEST = 3_000;

    private final OperationSchema operation;
    private final Struct input;
    private final boolean rest;
    private final List<Edit> edits = new ArrayList<>();

    private Edits(OperationSchema operation, Struct input) {
        this.operation = operation;
        this.input = input;
        this.rest = isRest(operation);
    }

    private static boolean isRest(OperationSchema operation) {
        Protocol protocol = operation.service().facts().protocols().getFirst();
        return protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML;
    }

    /// Whether there may be edits of its input that must be refused.
    static boolean mayBeWrong(OperationSchema operation) {
        return operation.input().members().stream()
                .filter(member -> member.is(Trait.REQUIRED) && !member.is(Trait.STREAMING))
                .map(member -> member.wire().location())
                .anyMatch(location -> location == Location.BODY || !isRest(operation) && location != Location.URI);
    }

    static List<Edit> of(OperationSchema operation, Struct input) {
        var edits = new Edits(operation, input);
        operation.input().members().forEach(edits::member);
        return edits.edits;
    }

    private void member(Member member) {
        boolean here = input.get(member) != null;
        boolean always = member.wire().location() == Location.URI || member.is(Trait.STREAMING);
        if (here && member.is(Trait.REQUIRED) && !always) {
            add("without " + member, member, null, !rest || member.wire().location() == Location.BODY);
        }
        if (!always && !member.is(Trait.IDEMPOTENCY_TOKEN)) {
            values(member, here);
        }
    }

    /// Values of the right type that the model does not allow, or that hardly anything allows.
    private void values(Member member, boolean here) {
        Shape shape = member.target();
        switch (shape.type()) {
            case STRING -> texts(member, shape.constraints());
            case INTEGER ->
                numbers(member, shape.constraints()).forEach(n -> add(member + " " + n, member, (int) (long) n, false));
            case LONG -> numbers(member, shape.constraints()).forEach(n -> add(member + " " + n, member, n, false));
            case LIST -> list(member, (ListShape) shape, here);
            case BOOLEAN -> add(member + " true", member, true, false);
            case BLOB, DOCUMENT, DOUBLE, FLOAT, MAP, STRUCTURE, TIMESTAMP -> {}
        }
    }

    private void texts(Member member, Shape.Constraints constraints) {
        add(member + " nonsense", member, "no sense!", false);
        if (member.wire().location() == Location.BODY) {
            add(member + " empty", member, "", false);
        }
        Optional<Integer> max = constraints.max().map(Number::intValue).filter(most -> most < LONGEST);
        max.ifPresent(most -> add(member + " too long", member, "a".repeat(most + 1), false));
    }

    private static List<Long> numbers(Member member, Shape.Constraints constraints) {
        var numbers = new ArrayList<>(List.of(-1L, 0L, 1_000_000_000L));
        constraints.min().ifPresent(min -> numbers.add(min.longValue() - 1));
        constraints
                .max()
                .filter(max -> max.longValue() < Integer.MAX_VALUE)
                .ifPresent(max -> numbers.add(max.longValue() + 1));
        return numbers.stream()
                .distinct()
                .filter(n -> !member.name().startsWith("Wait"))
                .toList();
    }

    private void list(Member member, ListShape shape, boolean here) {
        if (here && member.wire().location() == Location.BODY) {
            add(member + " empty", member, List.of(), false);
            List<?> values = (List<?>) input.get(member);
            if (values != null && values.size() == 1) {
                add(member + " twice", member, List.of(values.getFirst(), values.getFirst()), false);
                add(member + " too many", member, Collections.nCopies(101, values.getFirst()), false);
            }
        } else if (shape.element().type() == Type.STRING) {
            add(member + " nonsense", member, List.of("no sense!"), false);
        }
    }

    private void add(String about, Member member, @Nullable Object value, boolean wrong) {
        Struct edited = operation.input().create();
        edited.copyFrom(input);
        edited.set(member, value);
        edits.add(new Edit(about, edited, wrong));
    }
}
