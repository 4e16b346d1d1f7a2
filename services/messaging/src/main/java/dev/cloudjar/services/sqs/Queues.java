package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.Refusals.INVALID_PARAMETER_VALUE;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Queues themselves: made, found, listed, purged and deleted.
final class Queues implements Sqs {
    static final int MOST_LISTED = 1_000;

    private static final int LONGEST_NAME = 80;
    private static final Duration COOL_DOWN = Duration.ofSeconds(60);

    private final Kernel kernel;
    private final Shelf<Queue> queues;
    private final Table<String, DeletedQueue> deleted;
    private final Backlog backlog;

    Queues(Kernel kernel, Backlog backlog) {
        this.kernel = kernel;
        this.queues = kernel.shelf(Queue.KIND);
        this.deleted = kernel.table(DeletedQueue.class);
        this.backlog = backlog;
    }

    Shelf<Queue> shelf() {
        return queues;
    }

    /// The queue that a request is about.
    Queue of(Struct in) {
        return queues.get(QueueUrl.parse(String.valueOf(in.get("QueueUrl"))).resource());
    }

    /// Attributes as they are kept: a policy names people by their unique ids, and nobody who is not there.
    Map<String, String> kept(Map<String, String> asked) {
        String policy = asked.getOrDefault(Setting.POLICY.wire(), "");
        if (policy.isEmpty()) {
            return asked;
        }
        checkStatements(policy);
        var kept = new LinkedHashMap<>(asked);
        kept.put(Setting.POLICY.wire(), kernel.kept(policy, _ -> Setting.POLICY.refused()));
        return kept;
    }

    /// A policy may be without statements.
    private static void checkStatements(String policy) {
        Object statements = Json.object(policy).orElse(Map.of()).get("Statement");
        boolean some = statements != null && !statements.equals(List.of());
        try {
            if (some) {
                Document.parse(policy, Grammar.RESOURCE);
            }
        } catch (Malformed malformed) {
            throw Setting.POLICY.refused();
        }
    }

    /// The policy of a queue as it is shown.
    String policy(Queue queue) {
        return kernel.shown(queue.get(Setting.POLICY));
    }

    @Override
    public CreateQueueResult createQueue(CreateQueueRequest in) {
        String name = in.queueName();
        boolean fifo = "true".equals(in.attributes().get(Setting.FIFO_QUEUE.wire()));
        checkName(name, fifo);
        in.attributes()
                .forEach((attribute, value) -> Setting.named(attribute, fifo).check(value));
        Map<String, String> asked = kept(in.attributes());
        queues.find(name).ifPresentOrElse(queue -> checkSame(queue, asked), () -> create(in, asked));
        return new CreateQueueResult().queueUrl(QueueUrl.of(name));
    }

    private void create(CreateQueueRequest in, Map<String, String> asked) {
        Instant now = backlog.now();
        if (deleted.find(in.queueName())
                .filter(gone -> isRecent(gone.at(), now))
                .isPresent()) {
            throw QUEUE_DELETED_RECENTLY.because(
                    "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
        }
        var empty = new Queue(in.queueName(), kernel.lot(), now, now, Map.of(), Optional.empty());
        queues.create(QueueAttributes.set(empty, asked, now, queues), in.tags());
    }

    private static void checkName(String name, boolean fifo) {
        String stem = fifo && name.endsWith(".fifo") ? name.substring(0, name.length() - 5) : name;
        boolean suffixed = stem.length() < name.length();
        if (Refusals.NAME.takes(stem) && name.length() <= LONGEST_NAME && fifo == suffixed) {
            return;
        }
        throw INVALID_PARAMETER_VALUE.because(
                fifo
                        ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores,"
                                + " must end with .fifo suffix and be 1 to 80 in length."
                        : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }

    /// Attributes that are not named may differ.
    private static void checkSame(Queue queue, Map<String, String> asked) {
        asked.forEach((name, value) -> {
            if (!queue.is(Setting.named(name, queue.isFifo()), value)) {
                throw QUEUE_NAME_EXISTS.because(
                        "A queue already exists with the same name and a different value for attribute %s", name);
            }
        });
    }

    private boolean isRecent(Instant then, Instant now) {
        return kernel.realisticDelays() && now.isBefore(then.plus(COOL_DOWN));
    }

    @Override
    public GetQueueUrlResult getQueueUrl(GetQueueUrlRequest in) {
        return new GetQueueUrlResult()
                .queueUrl(QueueUrl.of(queues.get(in.queueName()).id()));
    }

    @Override
    public ListQueuesResult listQueues(ListQueuesRequest in) {
        String prefix = in.queueNamePrefix().orElse("");
        Page<String> page =
                page(in.maxResults(), in.nextToken(), queue -> queue.id().startsWith(prefix));
        return new ListQueuesResult().queueUrls(page.items()).nextToken(page.next());
    }

    @Override
    public ListDeadLetterSourceQueuesResult listDeadLetterSourceQueues(ListDeadLetterSourceQueuesRequest in) {
        Queue letters = of(in);
        Page<String> page = page(in.maxResults(), in.nextToken(), source -> pointsTo(letters, source));
        return new ListDeadLetterSourceQueuesResult().queueUrls(page.items()).nextToken(page.next());
    }

    boolean isDeadLetterQueue(Queue queue) {
        return page(Optional.of(1), Optional.empty(), source -> pointsTo(queue, source))
                        .items()
                        .size()
                == 1;
    }

    private boolean pointsTo(Queue letters, Queue source) {
        return Redrive.of(source)
                .filter(redrive -> redrive.target().equals(queues.arn(letters.id())))
                .isPresent();
    }

    /// The URLs of some queues. AWS gives a token only to those who say how many they want.
    private Page<String> page(Optional<Integer> most, Optional<String> token, Predicate<Queue> keep) {
        int limit = most.orElse(MOST_LISTED);
        var paging = new Paging(limit, token, () -> INVALID_PARAMETER_VALUE.because("Invalid or expired next token."));
        Page<String> page = queues.page(paging, keep).map(queue -> QueueUrl.of(queue.id()));
        return most.isPresent() ? page : new Page<>(page.items(), Optional.empty());
    }

    @Override
    public PurgeQueueResponse purgeQueue(PurgeQueueRequest in) {
        Queue queue = of(in);
        Instant now = backlog.now();
        if (queue.purged().filter(then -> isRecent(then, now)).isPresent()) {
            throw PURGE_QUEUE_IN_PROGRESS.because(
                    "Only one PurgeQueue operation on %s is allowed every 60 seconds.", queue.id());
        }
        queues.update(queue.id(), q -> q.purged(now));
        kernel.drop(queue.lot());
        return new PurgeQueueResponse();
    }

    @Override
    public DeleteQueueResponse deleteQueue(DeleteQueueRequest in) {
        Queue queue = of(in);
        queues.remove(queue.id());
        kernel.drop(queue.lot());
        if (kernel.realisticDelays()) {
            deleted.put(new DeletedQueue(queue.id(), backlog.now()));
        }
        return new DeleteQueueResponse();
    }
}
