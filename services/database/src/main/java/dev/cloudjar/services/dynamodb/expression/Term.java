package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a `SET` puts somewhere, worked out from the item as it was.
public sealed interface Term {
    Value of(Map<String, Value> item);

    /// Tells `each` of all paths that the term looks at.
    default void forEachPath(Consumer<Path> each) {
        switch (this) {
            case Given _ -> {}
            case At at -> each.accept(at.path());
            case IfNotExists either -> {
                each.accept(either.path());
                either.otherwise().forEachPath(each);
            }
            case ListAppend lists -> {
                lists.first().forEachPath(each);
                lists.second().forEachPath(each);
            }
            case Sum sum -> {
                sum.left().forEachPath(each);
                sum.right().forEachPath(each);
            }
        }
    }

    /// A value given with the request.
    record Given(Value value) implements Term {
        @Override
        public Value of(Map<String, Value> item) {
            return value;
        }
    }

    /// What stands somewhere in the item.
    record At(Path path) implements Term {
        @Override
        public Value of(Map<String, Value> item) {
            return path.find(item)
                    .orElseThrow(() -> Refusals.invalid(
                            "The provided expression refers to an attribute that does not exist in the item"));
        }
    }

    /// What stands somewhere in the item, or else something.
    record IfNotExists(Path path, Term otherwise) implements Term {
        @Override
        public Value of(Map<String, Value> item) {
            return path.find(item).orElseGet(() -> otherwise.of(item));
        }
    }

    /// One list behind another.
    record ListAppend(Term first, Term second) implements Term {
        @Override
        public Value of(Map<String, Value> item) {
            Value one = first.of(item);
            Value other = second.of(item);
            List<Value> all = new ArrayList<>(elements(one));
            all.addAll(elements(other));
            return new Value.L(all);
        }

        private static List<Value> elements(Value value) {
            if (value instanceof Value.L list) {
                return list.elements();
            }
            throw Update.wrongType();
        }
    }

    /// The sum or the difference of two numbers.
    record Sum(Term left, Term right, boolean minus) implements Term {
        @Override
        public Value of(Map<String, Value> item) {
            Value before = left.of(item);
            Value change = right.of(item);
            if (before instanceof Value.N one && change instanceof Value.N other) {
                return Value.N.of(
                        minus
                                ? one.decimal().subtract(other.decimal())
                                : one.decimal().add(other.decimal()));
            }
            throw Update.wrongType();
        }
    }
}
