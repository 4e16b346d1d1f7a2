package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Makes the tests of a single attribute that were there before expressions.
public final class LegacyTest {
    private LegacyTest() {}

    public static Requirement of(String attribute, Predicate predicate, List<Value> arguments) {
        List<Operand> operands = new ArrayList<>();
        operands.add(new Operand.At(Path.of(attribute)));
        arguments.forEach(value -> operands.add(new Operand.Given(value)));
        return new Requirement.Test(predicate, operands);
    }

    /// Holds only of an attribute that is there.
    public static Requirement notContaining(String attribute, List<Value> arguments) {
        return new Requirement.All(List.of(
                of(attribute, Asks.EXISTS, List.of()), new Requirement.Not(of(attribute, Asks.CONTAINS, arguments))));
    }
}
