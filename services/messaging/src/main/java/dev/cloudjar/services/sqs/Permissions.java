package dev.cloudjar.services.sqs;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The short way to write a queue policy: a labelled permission is a statement whose id is the label.
final class Permissions implements Sqs {
    private static final String STATEMENTS = "Statement";
    private static final int MOST_ACTIONS = 7;
    private static final String SHAREABLE =
            " * ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues"
                    + " PurgeQueue ReceiveMessage SendMessage ";

    private final Queues queues;
    private final Backlog backlog;

    Permissions(Queues queues, Backlog backlog) {
        this.queues = queues;
        this.backlog = backlog;
    }

    @Override
    public AddPermissionResponse addPermission(AddPermissionRequest in) {
        Queue queue = queues.of(in);
        check(in);
        Map<String, @Nullable Object> policy = policy(queue);
        List<@Nullable Object> statements = statements(policy);
        if (statements.stream().anyMatch(statement -> isLabelled(statement, in.label()))) {
            throw Refusals.invalid(in.label(), "Label", "Already exists.");
        }
        statements.add(statement(queue, in));
        keep(queue, policy, statements);
        return new AddPermissionResponse();
    }

    private static void check(AddPermissionRequest in) {
        if (in.actions().size() > MOST_ACTIONS) {
            throw OVER_LIMIT.because(
                    "%d Actions were found, maximum allowed is %d.",
                    in.actions().size(), MOST_ACTIONS);
        }
        for (String action : in.actions()) {
            if (!SHAREABLE.contains(' ' + action + ' ')) {
                boolean known = SCHEMA.operation(action).isPresent() && !action.endsWith("Batch");
                throw Refusals.invalid(
                        "SQS:" + action,
                        "ActionName",
                        known
                                ? "Only the queue owner is allowed to invoke this action."
                                : "Please refer to the appropriate WSDL for a list of valid actions.");
            }
        }
        for (String account : in.awsAccountIds()) {
            if (!QueueUrl.isAccount(account)) {
                throw Refusals.invalid('[' + account + ']', "PrincipalId", "Unable to verify.");
            }
        }
    }

    private Map<String, Object> statement(Queue queue, AddPermissionRequest in) {
        Arn arn = queues.shelf().arn(queue.id());
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Sid", in.label());
        statement.put("Effect", "Allow");
        statement.put(
                "Principal",
                Map.of(
                        "AWS",
                        oneOrMany(in.awsAccountIds().stream()
                                .map(account -> "arn:" + arn.partition() + ":iam::" + account + ":root")
                                .toList())));
        statement.put(
                "Action",
                oneOrMany(in.actions().stream().map(action -> "SQS:" + action).toList()));
        statement.put("Resource", arn.toString());
        return statement;
    }

    private static Object oneOrMany(List<String> values) {
        return values.size() == 1 ? values.getFirst() : values;
    }

    @Override
    public RemovePermissionResponse removePermission(RemovePermissionRequest in) {
        Queue queue = queues.of(in);
        Map<String, @Nullable Object> policy = policy(queue);
        List<@Nullable Object> statements = statements(policy);
        if (!statements.removeIf(statement -> isLabelled(statement, in.label()))) {
            throw Refusals.invalid(in.label(), "Label", "can't find label on existing policy.");
        }
        keep(queue, policy, statements);
        return new RemovePermissionResponse();
    }

    private Map<String, @Nullable Object> policy(Queue queue) {
        return Json.object(queue.get(Setting.POLICY)).orElseGet(() -> {
            var fresh = new LinkedHashMap<String, @Nullable Object>();
            fresh.put("Version", "2012-10-17");
            fresh.put("Id", queues.shelf().arn(queue.id()) + "/SQSDefaultPolicy");
            return fresh;
        });
    }

    private static List<@Nullable Object> statements(Map<String, @Nullable Object> policy) {
        return switch (policy.get(STATEMENTS)) {
            case null -> new ArrayList<>();
            case List<?> many -> new ArrayList<@Nullable Object>(many);
            case Object one -> new ArrayList<@Nullable Object>(List.of(one));
        };
    }

    private static boolean isLabelled(@Nullable Object statement, String label) {
        return statement instanceof Map<?, ?> members && label.equals(members.get("Sid"));
    }

    private void keep(Queue queue, Map<String, @Nullable Object> policy, List<@Nullable Object> statements) {
        policy.put(STATEMENTS, statements);
        var settings = new LinkedHashMap<>(queue.settings());
        settings.put(Setting.POLICY.wire(), Json.write(policy));
        if (statements.isEmpty()) {
            settings.remove(Setting.POLICY.wire());
        }
        queues.shelf().update(queue.id(), q -> q.with(settings, backlog.now()));
    }
}
