package dev.cloudjar.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Values;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The condition operators hold where AWS's documentation says so: `conditions.txt` is the table.
class ConditionsTest {
    @TestFactory
    Stream<DynamicTest> aConditionHoldsAsDocumented() throws IOException {
        return Given.table("conditions.txt").map(row -> dynamicTest(String.join(" | ", row), () -> check(row)));
    }

    private static void check(String[] row) {
        List<String> given = List.of(row[1].contains("${") ? new String[] {row[1]} : row[1].split(","));
        String text = Json.write(Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(Map.of(
                        "Effect",
                        "Allow",
                        "Action",
                        "sqs:SendMessage",
                        "Resource",
                        "*",
                        "Condition",
                        Map.of(row[0], Map.of("t:Key", given))))));
        List<String> asked = row[2].equals("-") ? List.of() : List.of(row[2].split(","));
        Values values = key -> switch (key) {
            case "t:key" -> asked;
            case "aws:username" -> List.of("ann");
            case "aws:star" -> List.of("a*");
            case "aws:many" -> List.of("a", "b");
            default -> List.of();
        };
        Principal who = Given.principal("user");
        var question = new Asked(who, "sqs:SendMessage", "*", Given.HOME, values);
        var identity = List.of(new Attached("p", Document.parse(text, Grammar.IDENTITY)));
        Decision decision = Evaluation.of(
                question,
                new Policies(identity, Optional.empty(), List.of(), Policies.Controls.NONE, Optional.empty()));

        assertThat(decision.isAllowed()).isEqualTo(row[3].equals("yes"));
    }
}
