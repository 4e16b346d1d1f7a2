package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.EXPORT_NOT_FOUND_EXCEPTION;
import static dev.cloudjar.api.DynamoDb.IMPORT_NOT_FOUND_EXCEPTION;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// An export of a table to a bucket, or an import from one: what was asked for, as JSON, and what came of it. Its
/// id is what its ARN has behind `table/`. AWS knows of it for ninety days.
record Transfer(String id, String request, Of of, Instant started, Instant ended, Outcome outcome)
        implements Resource, Expiring<String> {
    private static final Duration KEPT = Duration.ofDays(90);

    static final Kind<Transfer> EXPORT = Kind.of(
                    DynamoDbService.ID,
                    "export",
                    Transfer.class,
                    id -> EXPORT_NOT_FOUND_EXCEPTION.because(
                            "Export not found: %s", Arn.here(DynamoDbService.ID, "table/" + id)))
            .arn(id -> "table/" + id);
    static final Kind<Transfer> IMPORT = Kind.of(
                    DynamoDbService.ID,
                    "import",
                    Transfer.class,
                    id -> IMPORT_NOT_FOUND_EXCEPTION.because(
                            "Import not found: %s", Arn.here(DynamoDbService.ID, "table/" + id)))
            .arn(id -> "table/" + id);

    /// The table that it is about, which may be gone by now.
    record Of(String name, String tableId) {
        static Of table(DynamoTable table) {
            return new Of(table.id(), table.identity().tableId());
        }

        String arn() {
            return Arn.here(DynamoDbService.ID, "table/" + name).toString();
        }
    }

    /// How much there was, and why it ended early or in part.
    record Outcome(Extent extent, Optional<Failure> failure) {}

    /// Items and bytes that were read; of the items, how many arrived and how many could not.
    record Extent(long items, long bytes, long arrived, long refused) {
        static final Extent NONE = new Extent(0, 0, 0, 0);
    }

    /// What went wrong, in the words of whoever said no.
    record Failure(String code, String message) {
        static Failure of(AwsError refusal, String requestId) {
            return new Failure(
                    "S3" + refusal.code().code(),
                    String.format(
                            Locale.ROOT,
                            "%s (Service: Amazon S3; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)",
                            refusal.message(),
                            refusal.code().status(),
                            refusal.code().code(),
                            requestId));
        }
    }

    @Override
    public Optional<Instant> until() {
        return Optional.of(ended.plus(KEPT));
    }

    /// The last part of the ARN.
    String shortId() {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    String arn() {
        return Arn.here(DynamoDbService.ID, "table/" + id).toString();
    }

    boolean isRunning(Instant now) {
        return now.isBefore(ended);
    }

    String status(Instant now) {
        if (isRunning(now)) {
            return "IN_PROGRESS";
        }
        return outcome.failure().isPresent() ? "FAILED" : "COMPLETED";
    }
}
