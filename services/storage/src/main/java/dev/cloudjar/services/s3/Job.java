package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.CreateJobRequest;
import dev.cloudjar.api.S3Control.JobDescriptor;
import dev.cloudjar.api.S3Control.JobFailure;
import dev.cloudjar.api.S3Control.JobListDescriptor;
import dev.cloudjar.api.S3Control.JobManifestLocation;
import dev.cloudjar.api.S3Control.JobProgressSummary;
import dev.cloudjar.api.S3Control.JobStatus;
import dev.cloudjar.api.S3Control.JobTimers;
import dev.cloudjar.api.S3Control.S3GeneratedManifestDescriptor;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.StructJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A batch operations job: what was asked for, how far it is, and how it ended.
record Job(
        String key,
        Instant created,
        String asked,
        int priority,
        State state,
        Progress progress,
        Map<String, String> tags)
        implements Row<String> {
    private static final Set<String> ENDED = Set.of(JobStatus.COMPLETE, JobStatus.FAILED, JobStatus.CANCELLED);

    /// `reason` is what the client said of the change, `failure` a code and a sentence, `since` when it came.
    record State(String status, String reason, List<String> failure, Instant since) {}

    /// Counts of tasks, when they were begun, and where the manifest was put that the job made itself.
    record Progress(long total, long succeeded, long failed, Optional<Instant> begun, List<String> manifest) {
        static final Progress NONE = new Progress(0, 0, 0, Optional.empty(), List.of());

        Progress of(long tasks, List<String> generated) {
            return new Progress(tasks, 0, 0, Optional.empty(), generated);
        }

        Progress begun(Instant at) {
            return new Progress(total, succeeded, failed, Optional.of(at), manifest);
        }

        Progress done(long well, long badly) {
            return new Progress(total, well, badly, begun, manifest);
        }
    }

    static Job of(String id, Instant now, CreateJobRequest in, Map<String, String> tags) {
        var state = new State(JobStatus.NEW, "", List.of(), now);
        return new Job(id, now, StructJson.write(in), in.priority(), state, Progress.NONE, tags);
    }

    CreateJobRequest request() {
        return StructJson.read(asked, new CreateJobRequest());
    }

    String status() {
        return state.status();
    }

    boolean hasEnded() {
        return ENDED.contains(status());
    }

    Job to(String status, Instant at) {
        return with(new State(status, state.reason(), state.failure(), at));
    }

    Job failed(String code, String sentence, Instant at) {
        return with(new State(JobStatus.FAILED, state.reason(), List.of(code, sentence), at));
    }

    Job with(State other) {
        return new Job(key, created, asked, priority, other, progress, tags);
    }

    Job with(Progress other) {
        return new Job(key, created, asked, priority, state, other, tags);
    }

    Job with(Map<String, String> other) {
        return new Job(key, created, asked, priority, state, progress, other);
    }

    Job urgent(int other) {
        return new Job(key, created, asked, other, state, progress, tags);
    }

    private JobProgressSummary summary(Instant now) {
        long active = progress.begun()
                .map(begun -> Duration.between(begun, hasEnded() ? state.since() : now)
                        .toSeconds())
                .orElse(0L);
        return new JobProgressSummary()
                .totalNumberOfTasks(progress.total())
                .numberOfTasksSucceeded(progress.succeeded())
                .numberOfTasksFailed(progress.failed())
                .timers(new JobTimers().elapsedTimeInActiveSeconds(active));
    }

    JobListDescriptor listed(Instant now) {
        CreateJobRequest in = request();
        var out = new JobListDescriptor()
                .jobId(key)
                .description(in.description())
                .operation(JobTasks.name(in.operation()))
                .priority(priority)
                .status(status())
                .creationTime(created)
                .progressSummary(summary(now));
        return hasEnded() ? out.terminationDate(state.since()) : out;
    }

    JobDescriptor described(String arn, Instant now) {
        JobDescriptor out = JobDescriptor.from(request())
                .jobId(key)
                .jobArn(arn)
                .status(status())
                .priority(priority)
                .creationTime(created)
                .progressSummary(summary(now));
        if (!state.reason().isEmpty()) {
            out.statusUpdateReason(state.reason());
        }
        if (!state.failure().isEmpty()) {
            out.failureReasons(List.of(new JobFailure()
                    .failureCode(state.failure().getFirst())
                    .failureReason(state.failure().getLast())));
        }
        if (status().equals(JobStatus.SUSPENDED)) {
            out.suspendedDate(state.since()).suspendedCause("Awaiting confirmation");
        }
        if (!progress.manifest().isEmpty()) {
            out.generatedManifestDescriptor(new S3GeneratedManifestDescriptor()
                    .format(dev.cloudjar.api.S3Control.GeneratedManifestFormat.S3_INVENTORY_REPORT_CSV_20211130)
                    .location(new JobManifestLocation()
                            .objectArn(progress.manifest().getFirst())
                            .eTag(progress.manifest().getLast())));
        }
        return hasEnded() ? out.terminationDate(state.since()) : out;
    }
}
