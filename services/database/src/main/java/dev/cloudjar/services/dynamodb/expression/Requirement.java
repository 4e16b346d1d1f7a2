package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A condition that an item meets or does not. An item that is not there is one without attributes.
public sealed interface Requirement {
    boolean holds(Map<String, Value> item);

    /// Tells `each` of all paths that the condition looks at.
    void forEachPath(Consumer<Path> each);

    /// Reads a condition, the request's `parameter`.
    static Requirement parse(String parameter, String text, Placeholders given) {
        return Reading.read(parameter, text, given, ConditionGrammar::condition);
    }

    /// All of some conditions.
    record All(List<Requirement> parts) implements Requirement {
        @Override
        public boolean holds(Map<String, Value> item) {
            return parts.stream().allMatch(part -> part.holds(item));
        }

        @Override
        public void forEachPath(Consumer<Path> each) {
            parts.forEach(part -> part.forEachPath(each));
        }
    }

    /// Any of some conditions.
    record Any(List<Requirement> parts) implements Requirement {
        @Override
        public boolean holds(Map<String, Value> item) {
            return parts.stream().anyMatch(part -> part.holds(item));
        }

        @Override
        public void forEachPath(Consumer<Path> each) {
            parts.forEach(part -> part.forEachPath(each));
        }
    }

    /// A condition that must not hold.
    record Not(Requirement part) implements Requirement {
        @Override
        public boolean holds(Map<String, Value> item) {
            return !part.holds(item);
        }

        @Override
        public void forEachPath(Consumer<Path> each) {
            part.forEachPath(each);
        }
    }

    /// A test of some operands. With an operand that is not there, only "not equal" holds.
    record Test(Predicate predicate, List<Operand> operands) implements Requirement {
        @Override
        public boolean holds(Map<String, Value> item) {
            Optional<Value> first = operands.getFirst().of(item);
            List<Value> rest = operands.stream()
                    .skip(1)
                    .flatMap(operand -> operand.of(item).stream())
                    .toList();
            return predicate.holds(first, rest, operands.size() - 1);
        }

        @Override
        public void forEachPath(Consumer<Path> each) {
            operands.forEach(operand -> tell(operand, each));
        }

        private static void tell(Operand operand, Consumer<Path> each) {
            switch (operand) {
                case Operand.At at -> each.accept(at.path());
                case Operand.Size size -> tell(size.operand(), each);
                case Operand.Given _ -> {}
            }
        }
    }
}
