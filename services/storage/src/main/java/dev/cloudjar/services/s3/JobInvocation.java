package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.LambdaInvokeOperation;
import dev.cloudjar.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function's turn with one task of a job: the event that it gets, and what its answer says of the task.
record JobInvocation(String id, String task) {
    private static final String RESULT_CODE = "resultCode";

    /// The event, of the schema that the job asks for: the first tells a bucket's ARN, the second its name and
    /// the job's arguments.
    String event(String job, LambdaInvokeOperation wanted, JobTarget target) {
        String schema = wanted.invocationSchemaVersion().orElse(JobFunctions.SCHEMAS.getFirst());
        boolean first = schema.equals(JobFunctions.SCHEMAS.getFirst());
        var about = new LinkedHashMap<String, @Nullable Object>();
        about.put("taskId", task);
        about.put("s3Key", new Spelling(true).of(target.key()));
        about.put("s3VersionId", target.versionId().orElse(null));
        about.put(first ? "s3BucketArn" : "s3Bucket", first ? "arn:aws:s3:::" + target.bucket() : target.bucket());
        var of = new LinkedHashMap<String, Object>();
        of.put("id", job);
        if (!wanted.userArguments().isEmpty()) {
            of.put("userArguments", wanted.userArguments());
        }
        var event = new LinkedHashMap<String, Object>();
        event.put("invocationSchemaVersion", schema);
        event.put("invocationId", id);
        event.put("job", of);
        event.put("tasks", List.of(about));
        return Json.write(event);
    }

    /// What `answer` says of the task; of one that it does not name, what it says of all such.
    JobResult result(String answer) {
        Optional<Map<String, @Nullable Object>> read = Json.object(answer);
        if (read.isEmpty() || !(read.get().get("results") instanceof List<?> results)) {
            return JobResult.invalid();
        }
        for (Object each : results) {
            if (each instanceof Map<?, ?> result && task.equals(result.get("taskId"))) {
                Object text = result.get("resultString");
                return JobResult.of(result.get(RESULT_CODE), text == null ? "" : text.toString());
            }
        }
        return JobResult.of(read.get().get("treatMissingKeysAs"), "");
    }
}
