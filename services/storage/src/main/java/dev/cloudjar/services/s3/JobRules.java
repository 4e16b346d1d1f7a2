package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.CreateJobRequest;
import dev.cloudjar.api.S3Control.JobManifest;
import dev.cloudjar.api.S3Control.JobManifestFieldName;
import dev.cloudjar.api.S3Control.JobManifestFormat;
import dev.cloudjar.api.S3Control.JobOperation;
import dev.cloudjar.api.S3Control.JobReport;
import dev.cloudjar.api.S3Control.LambdaInvokeOperation;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.model.AwsError;
import java.util.HashSet;
import java.util.List;

/// What S3 takes of a job before it looks at any object, beyond what its model says.
final class JobRules {
    private JobRules() {}

    static void check(CreateJobRequest in) {
        if (in.manifest().isPresent() == in.manifestGenerator().isPresent()) {
            throw invalid("Exactly one of Manifest and ManifestGenerator must be specified");
        }
        String operation = JobTasks.name(in.operation());
        if (operation.isEmpty() || operation.indexOf(',') >= 0) {
            throw invalid("Exactly one operation must be specified");
        }
        check(in.operation());
        in.manifest().ifPresent(JobRules::check);
        if (in.manifestGenerator()
                .filter(generator -> generator.s3JobManifestGenerator().isEmpty())
                .isPresent()) {
            throw invalid("ManifestGenerator is empty");
        }
        check(in.report());
    }

    private static void check(JobOperation operation) {
        operation.lambdaInvoke().ifPresent(JobRules::check);
        operation.s3PutObjectCopy().ifPresent(copy -> {
            if (copy.targetResource().flatMap(Arn::parse).isEmpty()) {
                throw invalid("TargetResource must be the ARN of a bucket");
            }
        });
        operation
                .s3PutObjectTagging()
                .ifPresent(tags -> Tags.checked(
                        tags.tagSet().stream()
                                .map(dev.cloudjar.api.S3.Tag::from)
                                .toList(),
                        Tags.MOST_OF_OBJECT));
    }

    private static void check(LambdaInvokeOperation invoke) {
        String schema = invoke.invocationSchemaVersion().orElse(JobFunctions.SCHEMAS.getFirst());
        if (invoke.functionArn().isEmpty()) {
            throw invalid("FunctionArn must be specified");
        }
        if (!JobFunctions.SCHEMAS.contains(schema)) {
            throw invalid("InvocationSchemaVersion must be one of " + JobFunctions.SCHEMAS);
        }
        if (!invoke.userArguments().isEmpty() && schema.equals(JobFunctions.SCHEMAS.getFirst())) {
            throw invalid("UserArguments require InvocationSchemaVersion 2.0");
        }
    }

    private static void check(JobManifest manifest) {
        List<String> fields = manifest.spec().fields();
        boolean listed = manifest.spec().format().equals(JobManifestFormat.S3_BATCH_OPERATIONS_CSV_20180820);
        boolean whole = fields.contains(JobManifestFieldName.BUCKET) && fields.contains(JobManifestFieldName.KEY);
        List<String> named = fields.stream()
                .filter(field -> !field.equals(JobManifestFieldName.IGNORE))
                .toList();
        if (new HashSet<>(named).size() < named.size()) {
            throw invalid("The manifest fields are not valid");
        }
        if (listed != whole || !listed && !fields.isEmpty()) {
            throw invalid(listed ? "The manifest fields must include Bucket and Key" : "An inventory has no fields");
        }
    }

    private static void check(JobReport report) {
        boolean whole = report.bucket().isPresent()
                && report.format().isPresent()
                && report.reportScope().isPresent();
        if (report.enabled() && !whole) {
            throw invalid("Bucket, Format and ReportScope are required where the report is enabled");
        }
    }

    private static AwsError invalid(String message) {
        return Refusals.of("InvalidRequest", 400, message);
    }
}
