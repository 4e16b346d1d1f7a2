package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Makes the tests of a single attribute that were there before expressions.
public final class LegacyTest {
    private LegacyTest() {}

    public static Condition of(String attribute, Predicate predicate, List<Value> arguments) {
        List<Operand> operands = new ArrayList<>();
        operands.add(new Operand.At(Path.of(attribute)));
        arguments.forEach(value -> operands.add(new Operand.Given(value)));
        return new Condition.Test(predicate, operands);
    }

    /// Holds only of an attribute that is there.
    public static Condition notContaining(String attribute, List<Value> arguments) {
        return new Condition.All(List.of(
                of(attribute, Asks.EXISTS, List.of()),
                new Condition.Not(of(attribute, Asks.CONTAINS, arguments))));
    }
}
