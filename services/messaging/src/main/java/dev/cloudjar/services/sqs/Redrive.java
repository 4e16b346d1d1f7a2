package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A queue's redrive policy: which queue gets the messages that were received too often, and after how many
/// receives.
record Redrive(Arn target, int mostReceives) {
    private static final String TARGET = "deadLetterTargetArn";
    private static final String MOST = "maxReceiveCount";
    private static final String PERMISSION = "redrivePermission";
    private static final String SOURCES = "sourceQueueArns";
    private static final int MOST_RECEIVES = 1000;
    private static final int MOST_SOURCES = 10;

    /// The policy of `queue`, which was checked when it was set.
    static Optional<Redrive> of(Queue queue) {
        return Json.object(queue.get(Setting.REDRIVE_POLICY))
                .map(policy -> new Redrive(
                        Arn.parse(String.valueOf(policy.get(TARGET))).orElseThrow(),
                        Integer.parseInt(String.valueOf(policy.get(MOST)))));
    }

    /// Refuses a redrive policy that AWS refuses, of a queue that is about to be kept.
    static void check(Queue queue, Shelf<Queue> queues) {
        String text = queue.get(Setting.REDRIVE_POLICY);
        if (text.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> policy =
                Json.object(text).orElseThrow(() -> refused(text, "Redrive policy is not a valid JSON map."));
        for (String mandatory : List.of(MOST, TARGET)) {
            if (policy.get(mandatory) == null) {
                throw refused(text, "Redrive policy does not contain mandatory attribute: " + mandatory + ".");
            }
        }
        if (policy.size() > 2) {
            throw refused(text, "Only following attributes are supported: [" + TARGET + ", " + MOST + "].");
        }
        checkReceives(text, String.valueOf(policy.get(MOST)));
        Arn target = Arn.parse(String.valueOf(policy.get(TARGET)))
                .filter(arn -> arn.service().equals(SqsService.ID))
                .orElseThrow(() -> refused(text, "Invalid value for " + TARGET + "."));
        checkTarget(text, queue, target, queues);
    }

    private static void checkReceives(String text, String receives) {
        boolean number = receives.length() <= 4 && receives.chars().allMatch(c -> c >= '0' && c <= '9');
        int most = number && !receives.isEmpty() ? Integer.parseInt(receives) : 0;
        if (most < 1 || most > MOST_RECEIVES) {
            throw refused(
                    text,
                    "Invalid value for " + MOST + ": " + receives
                            + ", valid values are from 1 to 1000 both inclusive.");
        }
    }

    private static void checkTarget(String text, Queue queue, Arn target, Shelf<Queue> queues) {
        Arn source = queues.arn(queue.id());
        if (!target.account().equals(source.account())) {
            throw refused(text, "Dead-letter target owner should be same as the source.");
        }
        if (!target.region().equals(source.region())) {
            throw refused(text, "Dead-letter target must be in same region as the source.");
        }
        Queue letters =
                queues.find(target.resource()).orElseThrow(() -> refused(text, "Dead letter target does not exist."));
        if (letters.isFifo() != queue.isFifo()) {
            throw refused(text, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!admits(letters, source)) {
            throw refused(text, "Dead-letter target does not allow this queue as a source.");
        }
    }

    /// Whether the redrive allow policy of a dead-letter queue lets `source` use it.
    private static boolean admits(Queue letters, Arn source) {
        Map<String, @Nullable Object> policy =
                Json.object(letters.get(Setting.REDRIVE_ALLOW_POLICY)).orElse(Map.of());
        return switch (String.valueOf(policy.getOrDefault(PERMISSION, "allowAll"))) {
            case "denyAll" -> false;
            case "byQueue" -> policy.get(SOURCES) instanceof List<?> arns && arns.contains(source.toString());
            default -> true;
        };
    }

    /// Refuses a redrive allow policy that AWS refuses.
    static void checkAllow(String text) {
        if (text.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> policy = Json.object(text)
                .orElseThrow(() -> refusedAllow(text, "Redrive allow policy is not a valid JSON map."));
        Object sources = policy.get(SOURCES);
        String reason = switch (String.valueOf(policy.get(PERMISSION))) {
            case "allowAll", "denyAll" ->
                sources == null ? "" : SOURCES + " can only be specified when " + PERMISSION + " is byQueue.";
            case "byQueue" ->
                sources instanceof List<?> arns && !arns.isEmpty() && arns.size() <= MOST_SOURCES
                        ? ""
                        : SOURCES + " must contain from 1 to 10 queue ARNs.";
            default -> PERMISSION + " must be one of allowAll, denyAll and byQueue.";
        };
        if (!reason.isEmpty()) {
            throw refusedAllow(text, reason);
        }
    }

    private static AwsError refused(String policy, String reason) {
        return Refusals.invalid(policy, Setting.REDRIVE_POLICY.wire(), reason);
    }

    private static AwsError refusedAllow(String policy, String reason) {
        return Refusals.invalid(policy, Setting.REDRIVE_ALLOW_POLICY.wire(), reason);
    }
}
