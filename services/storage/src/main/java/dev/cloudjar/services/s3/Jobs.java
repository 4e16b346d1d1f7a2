package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Batch operations jobs: made, confirmed, cancelled, looked at. [JobRun] does what they ask for.
final class Jobs implements S3Control {
    static final String TASK = "job";

    private static final int MOST = 1000;
    private static final int MOST_TAGS = 50;

    /// Which job a client's token has made.
    record Token(String key, String job, String asked) implements Row<String> {}

    private final Kernel kernel;
    private final Table<String, Job> jobs;
    private final Table<String, Token> tokens;
    private final JobRun run;
    private final JobFunctions functions;

    Jobs(Parts parts) {
        this.kernel = parts.kernel();
        this.jobs = kernel.table(Job.class);
        this.tokens = kernel.table(Token.class);
        this.functions = new JobFunctions(kernel);
        this.run = new JobRun(parts, jobs, functions);
    }

    void run(String id) {
        run.run(id);
    }

    /// What the agenda is told once a function that does a task has ended.
    void invoked(String reply) {
        functions.ended(reply);
    }

    private Job get(String id) {
        return jobs.find(id).orElseThrow(() -> NOT_FOUND_EXCEPTION.because("The specified job does not exist: %s", id));
    }

    private static String arn(String id) {
        return Arn.here(S3Service.ID, "job/" + id).toString();
    }

    @Override
    public CreateJobResult createJob(CreateJobRequest in) {
        String asked = StructJson.write(in);
        Optional<Token> before = tokens.find(in.clientRequestToken());
        if (before.isPresent()) {
            if (!before.get().asked().equals(asked)) {
                throw IDEMPOTENCY_EXCEPTION.because(
                        "The ClientRequestToken was used before for a job with other parameters.");
            }
            return new CreateJobResult().jobId(before.get().job());
        }
        JobRules.check(in);
        Map<String, String> tags = tags(in.tags());
        kernel.require(Access.of("iam:PassRole", in.roleArn())
                .with("iam:PassedToService", "batchoperations.s3.amazonaws.com"));
        String id = kernel.ids().uuid();
        jobs.put(Job.of(id, kernel.time().now(), in, tags));
        tokens.put(new Token(in.clientRequestToken(), id, asked));
        start(id);
        return new CreateJobResult().jobId(id);
    }

    private void start(String id) {
        kernel.agenda().at(kernel.time().now(), S3ControlService.ID, TASK, id);
    }

    @Override
    public DescribeJobResult describeJob(DescribeJobRequest in) {
        Job job = get(in.jobId());
        return new DescribeJobResult()
                .job(job.described(arn(job.key()), kernel.time().now()));
    }

    @Override
    public ListJobsResult listJobs(ListJobsRequest in) {
        List<String> wanted = in.jobStatuses();
        var paging = new Paging(in.maxResults().filter(most -> most > 0).orElse(MOST), in.nextToken(), Jobs::badToken);
        Page<Job> page = kernel.tokens().page(paging, "jobs", start -> from(start, wanted), Job::key);
        return new ListJobsResult()
                .jobs(page.items().stream()
                        .map(job -> job.listed(kernel.time().now()))
                        .toList())
                .nextToken(page.next());
    }

    private Stream<Job> from(Optional<String> start, List<String> wanted) {
        return jobs.rows(start.map(Span.ALL::from).orElse(Span.ALL))
                .filter(job -> wanted.isEmpty() || wanted.contains(job.status()));
    }

    private static AwsError badToken() {
        return INVALID_NEXT_TOKEN_EXCEPTION.because("The specified next token is not valid.");
    }

    @Override
    public UpdateJobPriorityResult updateJobPriority(UpdateJobPriorityRequest in) {
        Job job = get(in.jobId());
        checkOpen(job);
        jobs.put(job.urgent(in.priority()));
        return new UpdateJobPriorityResult().jobId(job.key()).priority(in.priority());
    }

    private static void checkOpen(Job job) {
        if (job.hasEnded() || job.status().equals(JobStatus.CANCELLING)) {
            throw JOB_STATUS_EXCEPTION.because("The job cannot be changed in status %s.", job.status());
        }
    }

    /// A client confirms a job that waits for it, or cancels one that has not ended.
    @Override
    public UpdateJobStatusResult updateJobStatus(UpdateJobStatusRequest in) {
        Job job = get(in.jobId());
        checkOpen(job);
        boolean ready = in.requestedJobStatus().equals(RequestedJobStatus.READY);
        if (ready && !job.status().equals(JobStatus.SUSPENDED)) {
            throw JOB_STATUS_EXCEPTION.because("A job in status %s cannot be made ready.", job.status());
        }
        String next = ready
                ? JobStatus.READY
                : job.status().equals(JobStatus.ACTIVE) ? JobStatus.CANCELLING : JobStatus.CANCELLED;
        String reason = in.statusUpdateReason().orElse("");
        jobs.put(job.with(new Job.State(next, reason, List.of(), kernel.time().now())));
        if (ready) {
            start(job.key());
        }
        return new UpdateJobStatusResult().jobId(job.key()).status(next).statusUpdateReason(in.statusUpdateReason());
    }

    private static Map<String, String> tags(List<S3Tag> tags) {
        if (tags.size() > MOST_TAGS) {
            throw TOO_MANY_TAGS_EXCEPTION.because("A job can have at most %s tags.", MOST_TAGS);
        }
        return Labels.checked(tags);
    }

    @Override
    public PutJobTaggingResult putJobTagging(PutJobTaggingRequest in) {
        jobs.put(get(in.jobId()).with(tags(in.tags())));
        return new PutJobTaggingResult();
    }

    @Override
    public GetJobTaggingResult getJobTagging(GetJobTaggingRequest in) {
        return new GetJobTaggingResult()
                .tags(get(in.jobId()).tags().entrySet().stream()
                        .map(tag -> new S3Tag().key(tag.getKey()).value(tag.getValue()))
                        .toList());
    }

    @Override
    public DeleteJobTaggingResult deleteJobTagging(DeleteJobTaggingRequest in) {
        jobs.put(get(in.jobId()).with(Map.of()));
        return new DeleteJobTaggingResult();
    }
}
