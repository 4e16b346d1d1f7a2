package dev.cloudjar.services.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.DescribeExportInput;
import dev.cloudjar.api.DynamoDb.DescribeExportOutput;
import dev.cloudjar.api.DynamoDb.ExportDescription;
import dev.cloudjar.api.DynamoDb.ExportTableToPointInTimeInput;
import dev.cloudjar.api.DynamoDb.ExportTableToPointInTimeOutput;
import dev.cloudjar.api.DynamoDb.PointInTimeRecoverySpecification;
import dev.cloudjar.api.DynamoDb.ScanInput;
import dev.cloudjar.api.DynamoDb.ScanOutput;
import dev.cloudjar.api.DynamoDb.UpdateContinuousBackupsInput;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.kernel.ObjectStore.Bucket;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/// A table `books` that can be exported, and the bucket `exports` in which files come and go.
record Exchange(Database db) implements AutoCloseable {
    private static final Bucket BUCKET = new Bucket("exports", Optional.empty());

    static Exchange fresh() {
        Database db = Database.fresh();
        db.call(Database.table("books", "id:S", "page:N"));
        db.call(new UpdateContinuousBackupsInput()
                .tableName("books")
                .pointInTimeRecoverySpecification(
                        new PointInTimeRecoverySpecification().pointInTimeRecoveryEnabled(true)));
        return new Exchange(db);
    }

    String arn() {
        return "arn:aws:dynamodb:" + db.region() + ":" + db.world().settings().account() + ":table/books";
    }

    ExportTableToPointInTimeInput request() {
        return new ExportTableToPointInTimeInput().tableArn(arn()).s3Bucket("exports");
    }

    private <R> R buckets(Function<ObjectStore, R> work) {
        OperationSchema operation =
                DynamoDb.SCHEMA.operation("ExportTableToPointInTime").orElseThrow();
        return db.within(
                operation, () -> work.apply(db.world().port(ObjectStore.class).orElseThrow()));
    }

    List<String> files(String prefix) {
        return buckets(store ->
                store.list(BUCKET, prefix).stream().map(ObjectStore.Found::key).toList());
    }

    ExportDescription export(ExportTableToPointInTimeInput request) {
        ExportTableToPointInTimeOutput begun = db.call(request);
        ExportDescription view = begun.exportDescription().orElseThrow();
        assertThat(view.exportStatus()).contains("IN_PROGRESS");
        DescribeExportOutput found =
                db.call(new DescribeExportInput().exportArn(view.exportArn().orElseThrow()));
        return found.exportDescription().orElseThrow();
    }

    String read(String key) {
        return new String(bytes(key), UTF_8);
    }

    byte[] bytes(String key) {
        return buckets(store -> {
            try (var in = store.open(BUCKET, key).open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    String unzipped(String key) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes(key)))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    void write(String key, String text) {
        write(key, Blob.of(text));
    }

    void write(String key, Blob content) {
        buckets(store -> store.put(BUCKET, key, Body.of(content), Map.of()));
    }

    /// Does `work` once, as the next data file of an export arrives.
    void onNextData(Runnable work) {
        buckets(store -> {
            ((Buckets) store).onNextData(work);
            return store;
        });
    }

    /// The data files of an export, in their order.
    List<String> parts(ExportDescription export) {
        String summary = export.exportManifest().orElseThrow();
        return read(summary.replace("summary", "files"))
                .lines()
                .map(line -> Json.object(line).orElseThrow())
                .map(entry -> String.valueOf(entry.get("dataFileS3Key")))
                .toList();
    }

    /// The lines of an export's only file.
    String data(ExportDescription export) throws IOException {
        List<String> parts = parts(export);
        if (parts.size() != 1) {
            throw new AssertionError(parts);
        }
        return unzipped(parts.getFirst());
    }

    List<Map<String, AttributeValue>> scan(String table) {
        ScanOutput found = db.call(new ScanInput().tableName(table));
        return found.items();
    }

    @Override
    public void close() {
        db.close();
    }
}
