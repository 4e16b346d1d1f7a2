package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.LambdaInvokeOperation;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Invoker;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Time.Attempt;
import dev.cloudjar.model.AwsError.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The tasks of jobs that functions do: one task an invocation, and the job waits for what the function says of
/// it.
final class JobFunctions {
    static final String TASK = "job-invoked";
    static final List<String> SCHEMAS = List.of("1.0", "2.0");

    /// As long as a function may run.
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /// How often a task is done again that has failed for the time being.
    private static final int REDRIVES = 3;

    /// That a function is about a task, and once it has ended its error, or what it returned.
    record Invoked(String key, Instant end, boolean ended, String error, String answer) implements Expiring<String> {
        @Override
        public Optional<Instant> until() {
            return Optional.of(end);
        }
    }

    private final Kernel kernel;
    private final Table<String, Invoked> rows;

    JobFunctions(Kernel kernel) {
        this.kernel = kernel;
        this.rows = kernel.table(Invoked.class);
    }

    /// Has the function do the task, again where it asks for that; answers its result string, or is refused.
    String carryOut(String job, LambdaInvokeOperation wanted, JobTarget target) {
        Arn function = function(wanted.functionArn().orElseThrow());
        kernel.require(Access.of("lambda:InvokeFunction", function.toString()));
        JobResult result = once(function, job, wanted, target);
        for (int again = 0; again < REDRIVES && result.isTemporary(); again++) {
            result = once(function, job, wanted, target);
        }
        return result.checked();
    }

    /// What may be given as a name only is one of the job's account and region.
    private static Arn function(String named) {
        return Arn.parse(named)
                .orElseGet(() -> Arn.here("lambda", named.startsWith("function:") ? named : "function:" + named));
    }

    private JobResult once(Arn function, String job, LambdaInvokeOperation wanted, JobTarget target) {
        var invocation = new JobInvocation(id(), id());
        Instant end = kernel.time().now().plus(PATIENCE);
        String event = invocation.event(job, wanted, target);
        kernel.transact(() -> begin(function, event, new Invoked(invocation.id(), end, false, "", "")));
        Invoked done = kernel.time().await(PATIENCE, changed -> rows.watch(changed, invocation.id()), () -> {
            Optional<Invoked> now = kernel.transact(() -> rows.find(invocation.id()));
            return new Attempt<>(
                    now.orElse(new Invoked(invocation.id(), end, true, "Task timed out", "")),
                    now.filter(row -> !row.ended()).isEmpty(),
                    Optional.of(end));
        });
        if (!done.ended()) {
            throw new IllegalStateException("told to stop while " + function + " was running");
        }
        kernel.transact(() -> rows.remove(invocation.id()));
        return done.error().isEmpty() ? invocation.result(done.answer()) : JobResult.broken(done.error());
    }

    private String id() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(kernel.ids().bytes(24));
    }

    private Invoked begin(Arn function, String event, Invoked row) {
        Invoker invoker = kernel.port(Invoker.class)
                .orElseThrow(
                        () -> Code.of("ResourceNotFoundException", 404).because("Function not found: %s", function));
        invoker.start(function, event, new Invoker.Reply(S3ControlService.ID, TASK, row.key(), true));
        return rows.put(row);
    }

    /// What the agenda is told once a function has ended.
    void ended(String reply) {
        int line = reply.indexOf('\n');
        String outcome = reply.substring(line + 1);
        boolean well = outcome.isEmpty() || outcome.startsWith("\n");
        rows.updateIf(
                reply.substring(0, line),
                row -> !row.ended(),
                row -> new Invoked(row.key(), row.end(), true, well ? "" : outcome, well ? outcome.strip() : ""));
    }
}
