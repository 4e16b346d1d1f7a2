package dev.cloudjar.bench;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.policy.Asked;
import dev.cloudjar.kernel.policy.Attached;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Evaluation;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Policies;
import dev.cloudjar.kernel.policy.Policies.Controls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a decision costs by the number of policies, of which every statement is about the action that is asked
/// for.
final class Decisions {
    private static final int STATEMENTS = 50;
    private static final String ACCOUNT = "111122223333";
    private static final String RESOURCE = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":q49-0";

    private final int rounds;

    Decisions(boolean quick) {
        this.rounds = quick ? 200_000 : 2_000_000;
    }

    String run() {
        var text = new StringBuilder("""
                Policies of fifty statements, all about the action and each about a queue of its own, of which one is the
                right one; the budget for twenty is 20 µs.

                | policies | a decision |
                |---:|---:|
                """);
        for (int policies : new int[] {1, 20, 200}) {
            micros(policies);
            text.append(String.format(Locale.ROOT, "| %d | %.2f µs |%n", policies, micros(policies)));
        }
        return text.toString();
    }

    private double micros(int count) {
        var identity = new ArrayList<Attached>();
        for (int i = 0; i < count; i++) {
            identity.add(new Attached("p" + i, Document.parse(policy(i), Grammar.IDENTITY)));
        }
        var policies = new Policies(identity, Optional.empty(), List.of(), Controls.NONE, Optional.empty());
        var who = new Principal("arn:aws:iam::" + ACCOUNT + ":user/ann", ACCOUNT, "AIDAANNANNANNANNANN");
        var asked = new Asked(who, "sqs:SendMessage", RESOURCE, ACCOUNT, Values.NONE);
        int allowed = 0;
        long start = System.nanoTime();
        for (int i = 0; i < rounds / count; i++) {
            allowed += Evaluation.of(asked, policies).isAllowed() ? 1 : 0;
        }
        double nanos = System.nanoTime() - start;
        if (allowed != rounds / count) {
            throw new IllegalStateException("allowed " + allowed + " times of " + rounds / count);
        }
        return nanos / allowed / 1000;
    }

    private static String policy(int number) {
        var statements = new ArrayList<String>();
        for (int i = 0; i < STATEMENTS; i++) {
            statements.add("""
                    {"Effect":"Allow","Action":["sqs:Send*","sqs:Get*"],"Resource":"arn:aws:sqs:*:%s:q%d-%d"}""".formatted(ACCOUNT, i, number));
        }
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }
}
