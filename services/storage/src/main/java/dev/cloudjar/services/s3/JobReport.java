package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3Control.JobReportScope;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a job writes about its tasks: a file of those that succeeded, one of those that failed, and a document
/// that names both.
final class JobReport {
    private static final String SCHEMA = "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage";
    private static final int OK = 200;

    private final dev.cloudjar.api.S3Control.JobReport wanted;
    private final String folder;
    private final StringBuilder succeeded = new StringBuilder();
    private final StringBuilder failed = new StringBuilder();

    JobReport(Job job) {
        this.wanted = job.request().report();
        String prefix = wanted.prefix().map(text -> text + '/').orElse("");
        this.folder = prefix + "job-" + job.key() + '/';
    }

    void succeeded(JobTarget target, String result) {
        if (wanted.enabled() && !wanted.reportScope().orElse("").equals(JobReportScope.FAILED_TASKS_ONLY)) {
            succeeded.append(line(target, "succeeded", OK, "", result));
        }
    }

    void failed(JobTarget target, AwsError refused) {
        if (wanted.enabled()) {
            failed.append(line(
                    target, "failed", refused.code().status(), refused.code().code(), refused.message()));
        }
    }

    private static String line(JobTarget target, String status, int http, String code, String message) {
        String key = URLEncoder.encode(target.key(), StandardCharsets.UTF_8);
        return String.join(",", target.bucket(), key, target.version(), status, "" + http, code, quoted(message))
                + '\n';
    }

    private static String quoted(String text) {
        boolean needs = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0;
        return needs ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /// Writes the report where the job wants it, by `put`.
    void write(Instant now, Ids ids, java.util.function.Consumer<PutObjectRequest> put) {
        if (!wanted.enabled()) {
            return;
        }
        List<Map<String, Object>> results = new ArrayList<>();
        Map.of("succeeded", succeeded, "failed", failed).forEach((status, lines) -> {
            if (!lines.isEmpty()) {
                String key = folder + "results/" + ids.hex("", 40) + ".csv";
                put.accept(object(key, "text/csv", lines.toString()));
                var told = new LinkedHashMap<String, Object>();
                told.put("TaskExecutionStatus", status);
                told.put("Bucket", bucket());
                told.put("MD5Checksum", md5(lines.toString()));
                told.put("Key", key);
                results.add(told);
            }
        });
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("Format", "Report_CSV_20180820");
        manifest.put("ReportCreationDate", now.truncatedTo(ChronoUnit.MILLIS).toString());
        manifest.put("Results", results);
        manifest.put("ReportSchema", SCHEMA);
        String text = Json.write(manifest);
        put.accept(object(folder + "manifest.json", "application/json", text));
        put.accept(object(folder + "manifest.json.md5", "text/plain", md5(text)));
    }

    private String bucket() {
        String arn = wanted.bucket().orElse("");
        return Arn.parse(arn).map(Arn::resource).orElse(arn);
    }

    private static String md5(String text) {
        return Digests.hex(Digests.md5().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private PutObjectRequest object(String key, String type, String content) {
        return new PutObjectRequest()
                .bucket(bucket())
                .expectedBucketOwner(wanted.expectedBucketOwner())
                .key(key)
                .contentType(type)
                .body(Body.of(Blob.of(content)));
    }
}
