package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.kernel.Utf8;
import java.util.Map;

/// The size of items as AWS counts it.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
public final class Sizes {
    private static final int CONTAINER = 3;

    private Sizes() {}

    public static int of(Map<String, Value> item) {
        int size = 0;
        for (Map.Entry<String, Value> attribute : item.entrySet()) {
            size += Utf8.length(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    public static int of(Value value) {
        return switch (value) {
            case Value.S text -> Utf8.length(text.text());
            case Value.N number -> number(number.text());
            case Value.B binary -> binary.bytes().size();
            case Value.Many set -> set.members().stream().mapToInt(Sizes::of).sum();
            case Value.M map -> CONTAINER + map.members().size() + of(map.members());
            case Value.L list ->
                CONTAINER
                        + list.elements().size()
                        + list.elements().stream().mapToInt(Sizes::of).sum();
            case Value.Null _, Value.Bool _ -> 1;
        };
    }

    /// A byte for two digits and one more, and one for the sign of a negative number.
    private static int number(String normal) {
        return (Numbers.digits(normal) + 1) / 2 + 1 + (normal.charAt(0) == '-' ? 1 : 0);
    }
}
