package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Rules;
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
/// A queue is a row, and so is a message; what waits to be received stands in an index by time, and what has
/// been received has a flight. Nothing here locks, sleeps or remembers: the tables hold the state, the kernel
/// the time.
public final class SqsService implements Service {
    static final String ID = "sqs";

    private final Kernel kernel;
    private final Queues queues;
    private final Backlog backlog;
    private final Messages messages;
    private final MoveTasks moveTasks;

    public SqsService(Kernel kernel) {
        this.kernel = kernel;
        this.backlog = new Backlog(kernel);
        this.queues = new Queues(kernel, backlog);
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

    /// The queue that a request names, one way or the other.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        return text(input, "QueueUrl")
                .map(QueueUrl::parse)
                .or(() -> text(input, "QueueName").map(name -> owned(input, name)))
                .or(() -> text(input, "SourceArn").flatMap(Arn::parse))
                .or(() -> text(input, "TaskHandle").flatMap(handle -> MoveTasks.source(kernel, handle)));
    }

    private static Optional<String> text(Struct input, String member) {
        return Optional.ofNullable((String) input.get(member)).filter(text -> !text.isEmpty());
    }

    private static Arn owned(Struct input, String name) {
        Call call = Call.current();
        String owner = text(input, "QueueOwnerAWSAccountId").orElse(call.account());
        return new Arn(Arn.partition(call.region()), ID, call.region(), owner, name);
    }

    @Override
    public Optional<Rules> rules() {
        return Optional.of(Refusals.RULES);
    }

    @Override
    public Optional<ResourcePolicy> policy(Arn queue) {
        return queues.shelf()
                .find(queue.resource())
                .map(found -> found.get(Setting.POLICY))
                .filter(text -> !text.isEmpty())
                .map(ResourcePolicy::of);
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(MoveTasks.TASK, moveTasks::move);
    }

    @Override
    public String deliveryAction(Arn target) {
        return "sqs:SendMessage";
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
