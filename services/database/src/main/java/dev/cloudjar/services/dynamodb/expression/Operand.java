package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/// What a condition compares: something in the item, a value given, or the size of something in the item.
public sealed interface Operand {
    Optional<Value> of(Map<String, Value> item);

    /// The type where it is known before there is an item.
    default Optional<Type> type() {
        return Optional.empty();
    }

    /// What stands at a document path.
    record At(Path path) implements Operand {
        @Override
        public Optional<Value> of(Map<String, Value> item) {
            return path.find(item);
        }
    }

    /// A value given with the request.
    record Given(Value value) implements Operand {
        @Override
        public Optional<Value> of(Map<String, Value> item) {
            return Optional.of(value);
        }

        @Override
        public Optional<Type> type() {
            return Optional.of(value.type());
        }
    }

    /// How large something is: characters, bytes, or elements.
    record Size(Operand operand) implements Operand {
        @Override
        public Optional<Value> of(Map<String, Value> item) {
            return operand.of(item).flatMap(Size::size).map(Value.N::of);
        }

        private static Optional<Long> size(Value value) {
            return switch (value) {
                case Value.S text -> Optional.of((long) text.text().length());
                case Value.B binary -> Optional.of((long) binary.bytes().size());
                case Value.Many set -> Optional.of((long) set.members().size());
                case Value.M map -> Optional.of((long) map.members().size());
                case Value.L list -> Optional.of((long) list.elements().size());
                case Value.N _, Value.Null _, Value.Bool _ -> Optional.empty();
            };
        }

        @Override
        public Optional<Type> type() {
            return Optional.of(Type.N);
        }
    }
}
