package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3Control.CreateJobRequest;
import dev.cloudjar.api.S3Control.JobOperation;
import dev.cloudjar.api.S3Control.JobStatus;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Roles;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Runs jobs: reads the manifest, waits for confirmation where that is asked for, does each task in the name of
/// the job's role, and writes the report.
final class JobRun {
    private static final String SERVICE = "batchoperations.s3.amazonaws.com";

    /// How often progress is set down, and the job is looked at for whether somebody has cancelled it.
    private static final int STEP = 50;

    /// A job of which more than half of so many tasks have failed is given up.
    private static final int FEW = 1000;

    private final Kernel kernel;
    private final Table<String, Job> jobs;
    private final JobManifests manifests;
    private final JobTasks tasks;
    private final Writing writing;
    private final Errands errands;

    JobRun(Parts parts, Table<String, Job> jobs, JobFunctions functions) {
        var reading = new Reading(parts);
        this.kernel = parts.kernel();
        this.jobs = jobs;
        this.manifests = new JobManifests(parts, reading);
        this.writing = new Writing(parts);
        this.tasks = new JobTasks(parts, reading, writing, functions);
        this.errands = new Errands(parts);
    }

    private Job change(String id, UnaryOperator<Job> change) {
        return kernel.transact(() -> jobs.update(id, change)).orElseThrow();
    }

    private Instant now() {
        return kernel.time().now();
    }

    /// Brings the job as far as it can come by itself.
    void run(String id) {
        Job job = kernel.transact(() -> jobs.find(id)).orElse(null);
        if (job == null || job.hasEnded()) {
            return;
        }
        try {
            Call.current().as(role(job)).run(() -> {
                boolean prepared =
                        job.status().equals(JobStatus.NEW) || job.status().equals(JobStatus.PREPARING);
                if (!prepared || prepare(job)) {
                    work(id);
                }
                return id;
            });
        } catch (JobFault fault) {
            change(id, there -> there.failed(fault.code(), fault.sentence(), now()));
        }
    }

    private Principal role(Job job) {
        Arn role = Arn.parse(job.request().roleArn()).orElseThrow();
        try {
            return kernel.port(Roles.class)
                    .map(roles -> roles.assume(role, "s3-batch-operations_" + job.key(), SERVICE)
                            .principal())
                    .orElseGet(() -> Principal.root(role.account()));
        } catch (AwsError refused) {
            throw new JobFault("RoleAssumptionFailed", "The job's role could not be assumed: " + refused.message());
        }
    }

    /// Counts the tasks; false where the job has to wait for a confirmation.
    private boolean prepare(Job job) {
        change(job.key(), there -> there.to(JobStatus.PREPARING, now()));
        CreateJobRequest in = job.request();
        long[] count = {0};
        var lines = new StringBuilder();
        boolean kept = in.manifestGenerator().isPresent();
        manifests.each(in, target -> {
            count[0]++;
            if (kept) {
                lines.append(line(target));
            }
        });
        List<String> generated = kept ? keep(job, lines.toString()) : List.of();
        boolean confirmed = !in.confirmationRequired().orElse(false);
        String next = confirmed ? JobStatus.READY : JobStatus.SUSPENDED;
        Job ready = change(
                job.key(),
                there -> there.status().equals(JobStatus.PREPARING)
                        ? there.with(there.progress().of(count[0], generated)).to(next, now())
                        : there);
        return ready.status().equals(JobStatus.READY);
    }

    private static String line(JobTarget target) {
        return '"' + target.bucket() + "\",\"" + URLEncoder.encode(target.key(), StandardCharsets.UTF_8) + "\",\""
                + target.version() + "\"\n";
    }

    /// Writes down what the job has found, where it is to be kept: the place and its ETag.
    private List<String> keep(Job job, String lines) {
        var generator = job.request()
                .manifestGenerator()
                .orElseThrow()
                .s3JobManifestGenerator()
                .orElseThrow();
        if (!generator.enableManifestOutput()
                || generator.manifestOutputLocation().isEmpty()) {
            return List.of();
        }
        var to = generator.manifestOutputLocation().get();
        String bucket = Arn.parse(to.bucket()).map(Arn::resource).orElse(to.bucket());
        String prefix = to.manifestPrefix().map(text -> text + '/').orElse("");
        String key = prefix + "job-" + job.key() + "/manifest.csv";
        String etag = put(new PutObjectRequest()
                .bucket(bucket)
                .expectedBucketOwner(to.expectedManifestBucketOwner())
                .key(key)
                .contentType("text/csv")
                .body(Body.of(Blob.of(lines))));
        return List.of("arn:aws:s3:::" + bucket + '/' + key, etag);
    }

    private String put(PutObjectRequest object) {
        try {
            return errands.ask("PutObject", object, () -> writing.putObject(object))
                    .eTag()
                    .orElse("");
        } catch (AwsError refused) {
            throw new JobFault("ReportWriteFailed", "A file of the job could not be written: " + refused.message());
        }
    }

    private void work(String id) {
        Job job = change(
                id,
                there -> there.status().equals(JobStatus.READY)
                        ? there.with(there.progress().begun(now())).to(JobStatus.ACTIVE, now())
                        : there);
        if (!job.status().equals(JobStatus.ACTIVE)) {
            return;
        }
        var report = new JobReport(job);
        String end = carryOut(job, report);
        report.write(now(), kernel.ids(), this::put);
        change(
                id,
                there -> end.equals(JobStatus.FAILED)
                        ? there.failed("FailureRateExceeded", "More than half of the tasks have failed.", now())
                        : there.to(end, now()));
    }

    /// Does one task after the other; answers the status in which the job ends.
    private String carryOut(Job job, JobReport report) {
        JobOperation operation = job.request().operation();
        List<JobTarget> targets = new ArrayList<>();
        manifests.each(job.request(), targets::add);
        long well = 0;
        long badly = 0;
        for (JobTarget target : targets) {
            try {
                report.succeeded(target, tasks.carryOut(job.key(), operation, target));
                well++;
            } catch (AwsError refused) {
                report.failed(target, refused);
                badly++;
            }
            long done = well + badly;
            if (done % STEP == 0 || done == targets.size()) {
                long good = well;
                long bad = badly;
                Job there = change(job.key(), now -> now.with(now.progress().done(good, bad)));
                if (there.status().equals(JobStatus.CANCELLING)) {
                    return JobStatus.CANCELLED;
                }
            }
            if (done >= FEW && 2 * badly > done) {
                return JobStatus.FAILED;
            }
        }
        return JobStatus.COMPLETE;
    }
}
