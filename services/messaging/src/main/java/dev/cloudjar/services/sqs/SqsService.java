package dev.cloudjar.services.sqs;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Amazon SQS: standard and FIFO queues.
///
/// A queue is a row, and so is a message; what waits to be received stands in an index by time, and what has been
/// received has a flight. Nothing here locks, sleeps or remembers: the tables hold the state, the kernel the time.
public final class SqsService implements Service {
    static final String ID = "sqs";

    private final Kernel kernel;
    private final Queues queues;
    private final Backlog backlog;
    private final Messages messages;
    private final MoveTasks moveTasks;
    private final Leftovers leftovers;

    public SqsService(Kernel kernel) {
        this.kernel = kernel;
        this.backlog = new Backlog(kernel);
        this.leftovers = new Leftovers(kernel);
        this.queues = new Queues(kernel, backlog, leftovers);
        this.messages = new Messages(kernel, queues, backlog);
        this.moveTasks = new MoveTasks(kernel, queues, backlog);
    }

    @Override
    public List<Api> parts() {
        return List.of(
                queues,
                new QueueAttributes(queues, backlog),
                new Tags(queues),
                new Permissions(queues, backlog),
                messages,
                new Receiving(kernel, queues, backlog),
                new Receipts(kernel, queues, backlog),
                moveTasks);
    }

    /// The account and region of the queue that a request names.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        return switch (input) {
            case Sqs.CancelMessageMoveTaskRequest in ->
                Optional.ofNullable((String) in.get("TaskHandle")).flatMap(h -> MoveTasks.source(kernel, h));
            case Sqs.GetQueueUrlRequest in ->
                in.queueOwnerAwsAccountId().map(owner -> {
                    String region = Call.current().region();
                    return new Arn(Arn.partition(region), ID, region, owner, String.valueOf(in.get("QueueName")));
                });
            default ->
                Optional.ofNullable((String) input.get("QueueUrl"))
                        .filter(url -> !url.isEmpty())
                        .map(QueueUrl::parse)
                        .or(() -> Optional.ofNullable((String) input.get("SourceArn"))
                                .flatMap(Arn::parse));
        };
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(MoveTasks.TASK, moveTasks::move, Leftovers.TASK, leftovers::sweep);
    }

    @Override
    public void accept(Arn target, Payload payload) {
        messages.accept(target.resource(), payload);
    }

    @Override
    public List<Kind<?>> kinds() {
        return List.of(Queue.KIND);
    }
}
