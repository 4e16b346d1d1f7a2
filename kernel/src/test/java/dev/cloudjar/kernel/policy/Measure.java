package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.policy.Policies.Controls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Prints what a decision costs with 1, 20 and 200 policies of fifty statements; run by hand.
final class Measure {
    private static final int ROUNDS = 300_000;
    private static final int STATEMENTS = 50;

    private Measure() {}

    public static void main(String[] args) {
        for (int policies : new int[] {1, 20, 200}) {
            measure(policies, "sqs:SendMessage");
            measure(policies, "sqs:SendMessage");
        }
    }

    private static void measure(int count, String action) {
        List<Attached> identity = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            identity.add(new Attached("p" + i, Document.parse(policy(i), Grammar.IDENTITY)));
        }
        var policies = new Policies(identity, Optional.empty(), List.of(), Controls.NONE, Optional.empty());
        Values values = key -> key.equals("aws:username") ? List.of("ann") : List.of();
        var asked = new Asked(
                Given.principal("user"), action, "arn:aws:sqs:us-east-1:" + Given.HOME + ":q49-0", Given.HOME, values);
        int allowed = 0;
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS / count; i++) {
            allowed += Evaluation.of(asked, policies).isAllowed() ? 1 : 0;
        }
        long each = (System.nanoTime() - start) / (ROUNDS / count);
        System.out.println(count + " policies of " + STATEMENTS + " statements, every one about the action: " + each
                + " ns a decision (" + allowed + " allowed)");
    }

    /// Every statement is about the action, and a resource of its own.
    private static String policy(int number) {
        var statements = new StringBuilder();
        for (int i = 0; i < STATEMENTS; i++) {
            statements
                    .append(i == 0 ? "" : ",")
                    .append(
                            "{\"Effect\":\"Allow\",\"Action\":[\"sqs:Send*\",\"sqs:Get*\"],\"Resource\":\"arn:aws:sqs:*:")
                    .append(Given.HOME)
                    .append(":q")
                    .append(i)
                    .append('-')
                    .append(number)
                    .append("\"}");
        }
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    }
}
