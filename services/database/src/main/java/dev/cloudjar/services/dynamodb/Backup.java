package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.BACKUP_NOT_FOUND_EXCEPTION;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A backup on demand: the table as it was, and an image of its items. Its id is what its ARN has behind
/// `table/`, and its type that of whoever had it made.
record Backup(String id, DynamoTable table, String name, Instant created, Extent extent, Blobs.Ref image, String type)
        implements Resource, Blobs.Holder {
    static final Kind<Backup> KIND = Kind.of(
                    DynamoDbService.ID,
                    "backup",
                    Backup.class,
                    id -> BACKUP_NOT_FOUND_EXCEPTION.because(
                            "Backup not found: %s", Arn.here(DynamoDbService.ID, "table/" + id)))
            .arn(id -> "table/" + id);

    static final String USER = "USER";
    static final String SYSTEM = "SYSTEM";

    /// How long the system's own are kept.
    private static final Duration KEPT = Duration.ofDays(35);

    /// How many items there were, and how many bytes.
    record Extent(long items, long bytes) {}

    /// The type, which those did not have that were made when there was but one.
    String kind() {
        return type.isEmpty() ? USER : type;
    }

    /// When it goes by itself, if it does.
    Optional<Instant> end() {
        return kind().equals(SYSTEM) ? Optional.of(created.plus(KEPT)) : Optional.empty();
    }

    @Override
    public List<Blobs.Ref> blobs() {
        return List.of(image);
    }

    String arn() {
        return Arn.here(DynamoDbService.ID, "table/" + id).toString();
    }
}
