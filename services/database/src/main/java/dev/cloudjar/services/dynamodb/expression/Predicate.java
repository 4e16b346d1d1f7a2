package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What can be asked of an operand, given others.
public sealed interface Predicate {
    /// Whether it holds of `first`, given those of `asked` other operands that are there.
    boolean holds(Optional<Value> first, List<Value> rest, int asked);

    /// A comparison with one other operand.
    record Compares(Comparator comparator) implements Predicate {
        @Override
        public boolean holds(Optional<Value> first, List<Value> rest, int asked) {
            if (first.isEmpty() || rest.isEmpty()) {
                return comparator == Comparator.NE;
            }
            return comparator.holds(first.get(), rest.getFirst());
        }
    }

    /// The questions that are no comparison.
    enum Asks implements Predicate {
        BETWEEN,
        IN,
        EXISTS,
        IS_MISSING,
        HAS_TYPE,
        BEGINS_WITH,
        CONTAINS;

        @Override
        public boolean holds(Optional<Value> first, List<Value> rest, int asked) {
            if (this == EXISTS || this == IS_MISSING) {
                return first.isPresent() == (this == EXISTS);
            }
            if (first.isEmpty() || this != IN && rest.size() < asked) {
                return false;
            }
            Value value = first.get();
            return switch (this) {
                case BETWEEN -> Comparator.GE.holds(value, rest.get(0)) && Comparator.LE.holds(value, rest.get(1));
                case IN -> rest.contains(value);
                case HAS_TYPE -> value.type() == Type.valueOf(((Value.S) rest.getFirst()).text());
                case BEGINS_WITH -> beginsWith(value, rest.getFirst());
                case CONTAINS -> contains(value, rest.getFirst());
                case EXISTS, IS_MISSING -> true;
            };
        }
    }

    static boolean beginsWith(Value value, Value prefix) {
        return switch (value) {
            case Value.S text
            when prefix instanceof Value.S beginning -> text.text().startsWith(beginning.text());
            case Value.B binary when prefix instanceof Value.B beginning -> isAt(binary.bytes(), beginning.bytes(), 0);
            default -> false;
        };
    }

    static boolean contains(Value value, Value part) {
        return switch (value) {
            case Value.S text -> part instanceof Value.S sought && text.text().contains(sought.text());
            case Value.B binary -> part instanceof Value.B sought && isWithin(binary.bytes(), sought.bytes());
            case Value.Many set ->
                part instanceof Value.Scalar member && set.members().contains(member);
            case Value.L list -> list.elements().contains(part);
            case Value.N _, Value.M _, Value.Null _, Value.Bool _ -> false;
        };
    }

    private static boolean isWithin(Blob whole, Blob part) {
        for (int at = 0; at + part.size() <= whole.size(); at++) {
            if (isAt(whole, part, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(Blob whole, Blob part, int at) {
        return at + part.size() <= whole.size()
                && Arrays.equals(whole.bytes(), at, at + part.size(), part.bytes(), 0, part.size());
    }
}
