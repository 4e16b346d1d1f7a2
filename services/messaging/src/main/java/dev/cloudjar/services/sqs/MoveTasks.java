package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.Refusals.INVALID_PARAMETER_VALUE;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.sqs.MoveTask.Progress;
import dev.cloudjar.services.sqs.MoveTask.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Dead-letter queue redrive: tasks that move messages back, each second as many as were asked for.
final class MoveTasks implements Sqs {
    static final String TASK = "move";
    static final int MOST_LISTED = 10;

    private static final String SCOPE = "sqs/move";
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Kernel kernel;
    private final Queues queues;
    private final Backlog backlog;
    private final Table<MoveTask.Key, MoveTask> tasks;

    MoveTasks(Kernel kernel, Queues queues, Backlog backlog) {
        this.kernel = kernel;
        this.queues = queues;
        this.backlog = backlog;
        this.tasks = kernel.table(MoveTask.class);
    }

    /// The queue whose task a handle names.
    static Optional<Arn> source(Kernel kernel, String handle) {
        return kernel.tokens()
                .open(SCOPE, handle)
                .flatMap(text -> Arn.parse(MoveTask.Key.parse(text).source()));
    }

    @Override
    public StartMessageMoveTaskResult startMessageMoveTask(StartMessageMoveTaskRequest in) {
        Queue source = queue(in.sourceArn(), "SourceArn");
        in.destinationArn().ifPresent(arn -> checkDestination(source, arn));
        if (!queues.isDeadLetterQueue(source)) {
            throw INVALID_PARAMETER_VALUE.because("Source queue must be configured as a Dead Letter Queue.");
        }
        List<MoveTask> earlier = tasks(in.sourceArn()).toList();
        if (earlier.stream().anyMatch(MoveTask::isRunning)) {
            throw INVALID_PARAMETER_VALUE.because("There is already a task running. Only one active task is allowed for"
                    + " a source queue arn at a given time.");
        }
        earlier.stream().skip(MOST_LISTED - 1).forEach(task -> tasks.remove(task.key()));
        return new StartMessageMoveTaskResult().taskHandle(handle(start(in, source)));
    }

    private MoveTask start(StartMessageMoveTaskRequest in, Queue source) {
        Instant now = backlog.now();
        var progress = new Progress(Status.RUNNING, 0, backlog.count(source).visible(), "");
        var key = new MoveTask.Key(in.sourceArn(), kernel.ids().sequence());
        var task = new MoveTask(key, in.destinationArn().orElse(""), in.maxNumberOfMessagesPerSecond(), now, progress);
        kernel.agenda().at(now, SqsService.ID, TASK, key.toString());
        return tasks.put(task);
    }

    private void checkDestination(Queue source, String arn) {
        if (queue(arn, "DestinationArn").isFifo() != source.isFifo()) {
            throw INVALID_PARAMETER_VALUE.because("Source queue and destination queue must be of the same type.");
        }
    }

    private Queue queue(String text, String parameter) {
        Arn arn = Arn.parse(text)
                .filter(a -> a.service().equals(SqsService.ID))
                .orElseThrow(() -> INVALID_PARAMETER_VALUE.because(
                        "You must use this format to specify the %s:"
                                + " arn:<partition>:<service>:<region>:<account-id>:<resource-id>",
                        parameter));
        return queues.shelf()
                .find(arn.resource())
                .filter(queue -> queues.shelf().arn(queue.id()).equals(arn))
                .orElseThrow(() -> RESOURCE_NOT_FOUND_EXCEPTION.because(
                        "The resource that you specified for the %s parameter doesn't exist.", parameter));
    }

    /// The tasks of a source, the latest first.
    private Stream<MoveTask> tasks(String source) {
        return tasks.rows(Span.under(source).reversed());
    }

    private String handle(MoveTask task) {
        return kernel.tokens().seal(SCOPE, task.key().toString());
    }

    /// Moves what may be moved in a second and comes back for the rest.
    void move(String subject) {
        tasks.find(MoveTask.Key.parse(subject)).filter(MoveTask::isRunning).ifPresent(task -> {
            MoveTask after = step(task);
            tasks.put(after);
            if (after.isRunning()) {
                Instant next = task.rate().isPresent() ? backlog.now().plus(BEAT) : backlog.now();
                kernel.agenda().at(next, SqsService.ID, TASK, subject);
            }
        });
    }

    private MoveTask step(MoveTask task) {
        Optional<Queue> source =
                queues.shelf().find(Arn.parse(task.key().source()).orElseThrow().resource());
        if (source.isEmpty()) {
            return task.ended(Status.FAILED, "AWS.SimpleQueueService.NonExistentQueue");
        }
        int most = task.rate().orElse(Refusals.MOST_MOVED_A_SECOND);
        List<SentMessage> ready = backlog.ready(source.get(), most);
        MoveTask after = task;
        for (SentMessage message : ready) {
            String target = task.destination().isEmpty() ? message.source() : task.destination();
            if (target.isEmpty()) {
                return after.ended(Status.FAILED, "CouldNotDetermineMessageSource");
            }
            Optional<Queue> destination =
                    queues.shelf().find(Arn.parse(target).orElseThrow().resource());
            if (destination.isEmpty()) {
                return after.ended(Status.FAILED, "AWS.SimpleQueueService.NonExistentQueue");
            }
            send(source.get(), destination.get(), message);
            after = after.moved(1);
        }
        return ready.size() < most ? after.ended(Status.COMPLETED, "") : after;
    }

    /// A redriven message is a new one, with an id and a retention period of its own.
    private void send(Queue from, Queue to, SentMessage message) {
        Instant now = backlog.now();
        backlog.remove(from, message);
        var key = new SentMessage.Key(to.lot(), now, kernel.ids().sequence());
        backlog.add(to, new SentMessage(key, kernel.ids().uuid(), message.content(), now, ""), Optional.empty());
    }

    @Override
    public CancelMessageMoveTaskResult cancelMessageMoveTask(CancelMessageMoveTaskRequest in) {
        MoveTask task = kernel.tokens()
                .open(SCOPE, in.taskHandle())
                .flatMap(key -> tasks.find(MoveTask.Key.parse(key)))
                .orElseThrow(MoveTasks::noTask);
        if (!task.isRunning()) {
            throw UNSUPPORTED_OPERATION.because("Only active tasks can be cancelled.");
        }
        tasks.put(task.ended(Status.CANCELLED, ""));
        return new CancelMessageMoveTaskResult()
                .approximateNumberOfMessagesMoved(task.progress().moved());
    }

    private static AwsError noTask() {
        return RESOURCE_NOT_FOUND_EXCEPTION.because("Task does not exist.");
    }

    @Override
    public ListMessageMoveTasksResult listMessageMoveTasks(ListMessageMoveTasksRequest in) {
        queue(in.sourceArn(), "SourceArn");
        int most = in.maxResults().orElse(1);
        return new ListMessageMoveTasksResult()
                .results(tasks(in.sourceArn()).limit(most).map(this::told).toList());
    }

    private ListMessageMoveTasksResultEntry told(MoveTask task) {
        Progress progress = task.progress();
        return new ListMessageMoveTasksResultEntry()
                .taskHandle(Optional.of(handle(task)).filter(_ -> task.isRunning()))
                .status(progress.status().name())
                .sourceArn(task.key().source())
                .destinationArn(Optional.of(task.destination()).filter(arn -> !arn.isEmpty()))
                .maxNumberOfMessagesPerSecond(task.rate())
                .approximateNumberOfMessagesMoved(progress.moved())
                .approximateNumberOfMessagesToMove(progress.toMove())
                .failureReason(Optional.of(progress.failure()).filter(reason -> !reason.isEmpty()))
                .startedTimestamp(task.started().toEpochMilli());
    }
}
