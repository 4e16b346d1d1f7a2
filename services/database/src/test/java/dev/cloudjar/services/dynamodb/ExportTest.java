package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.api.DynamoDb.ExportDescription;
import dev.cloudjar.api.DynamoDb.ExportTableToPointInTimeOutput;
import dev.cloudjar.api.DynamoDb.IncrementalExportSpecification;
import dev.cloudjar.api.DynamoDb.ListExportsInput;
import dev.cloudjar.api.DynamoDb.ListExportsOutput;
import dev.cloudjar.api.DynamoDb.PutItemInput;
import dev.cloudjar.kernel.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Tables go to buckets, whole or as what has changed, laid out as AWS does.
class ExportTest {
    @AutoClose
    private final Exchange books = Exchange.fresh();

    private final Database db = books.db();

    @Test
    void anExportIsLaidOutAsAwsDoes() throws IOException {
        db.put("books", "id", "a", "page", 1, "tags", new AttributeValue().ss(List.of("x", "y")));

        ExportDescription export = books.export(books.request().s3Prefix("nightly"));

        String summary = export.exportManifest().orElseThrow();
        String folder = summary.substring(0, summary.lastIndexOf('/') + 1);
        assertThat(folder).matches("nightly/AWSDynamoDB/[0-9]{14}-[0-9a-f]{8}/");
        assertThat(export.exportStatus()).contains("COMPLETED");
        assertThat(export.itemCount()).contains(1L);
        assertThat(books.files(folder).stream().map(file -> file.substring(folder.length())))
                .contains(
                        "_started",
                        "manifest-files.json",
                        "manifest-files.md5",
                        "manifest-summary.json",
                        "manifest-summary.md5");
        assertThat(books.data(export))
                .isEqualTo(
                        "{\"Item\":{\"id\":{\"S\":\"a\"},\"page\":{\"N\":\"1\"},\"tags\":{\"SS\":[\"x\",\"y\"]}}}\n");
        Map<String, ?> told = Json.object(books.read(summary)).orElseThrow();
        assertThat(told.get("exportArn")).isEqualTo(export.exportArn().orElseThrow());
        assertThat(told.get("outputFormat")).isEqualTo("DYNAMODB_JSON");
    }

    @Test
    void anExportShowsTheTableAsItWas() throws IOException {
        db.put("books", "id", "a", "page", 1);
        Instant then = db.world().time().now();
        db.pass(Duration.ofSeconds(1));
        db.put("books", "id", "b", "page", 2);

        assertThat(books.data(books.export(books.request().exportTime(then))))
                .contains("\"a\"")
                .doesNotContain("\"b\"");
        assertThat(db.refusal(books.request().exportTime(then.minusSeconds(60))))
                .startsWith("InvalidExportTimeException");
    }

    @Test
    void whatChangesWhileATableIsExportedIsExportedAsItWas() throws IOException {
        String large = "x".repeat(300_000);
        for (int i = 0; i < 80; i++) {
            db.put("books", "id", "b" + i, "page", 1, "text", large);
        }
        db.pass(Duration.ofSeconds(1));
        books.onNextData(() -> {
            db.pass(Duration.ofSeconds(1));
            for (int i = 0; i < 80; i++) {
                var key = item("id", "b" + i, "page", 1);
                db.call(i % 2 == 0 ? new DeleteItemInput().tableName("books").key(key) : rewritten(key));
                db.put("books", "id", "new" + i, "page", 1);
            }
        });

        ExportDescription export = books.export(books.request());

        List<String> parts = books.parts(export);
        assertThat(parts).hasSize(2);
        assertThat(export.itemCount()).contains(80L);
        Set<String> lines = new HashSet<>();
        for (String part : parts) {
            lines.addAll(books.unzipped(part).lines().toList());
        }
        assertThat(lines).hasSize(80).allMatch(line -> line.contains(large));
    }

    private static PutItemInput rewritten(Map<String, AttributeValue> key) {
        return new PutItemInput().tableName("books").item(key);
    }

    @Test
    void anIncrementalExportTellsOfEachItemOnce() throws IOException {
        db.put("books", "id", "kept", "page", 1, "n", 1);
        db.put("books", "id", "gone", "page", 1);
        db.pass(Duration.ofMinutes(1));
        Instant from = db.world().time().now();
        db.put("books", "id", "kept", "page", 1, "n", 2);
        db.put("books", "id", "kept", "page", 1, "n", 3);
        db.call(new DeleteItemInput().tableName("books").key(item("id", "gone", "page", 1)));
        db.pass(Duration.ofMinutes(20));
        var span = new IncrementalExportSpecification().exportFromTime(from);
        var request = books.request().exportType("INCREMENTAL_EXPORT").incrementalExportSpecification(span);

        String changed = books.data(books.export(request));

        assertThat(changed.lines()).hasSize(2);
        assertThat(changed)
                .contains("\"Keys\":{\"id\":{\"S\":\"kept\"},\"page\":{\"N\":\"1\"}}")
                .contains("\"OldImage\":{\"id\":{\"S\":\"kept\"},\"page\":{\"N\":\"1\"},\"n\":{\"N\":\"1\"}}")
                .contains("\"NewImage\":{\"id\":{\"S\":\"kept\"},\"page\":{\"N\":\"1\"},\"n\":{\"N\":\"3\"}}")
                .contains("\"OldImage\":{\"id\":{\"S\":\"gone\"}");
        span.exportToTime(from.plusSeconds(60));
        assertThat(db.refusal(request)).startsWith("ValidationException");
    }

    @Test
    void anExportThatCannotBeWrittenHasFailed() {
        ExportDescription export = books.export(books.request().s3Bucket("nowhere"));

        assertThat(export.exportStatus()).contains("FAILED");
        assertThat(export.failureCode()).contains("S3NoSuchBucket");
        assertThat(export.failureMessage().orElseThrow()).startsWith("The specified bucket does not exist (Service:");
    }

    @Test
    void aTokenExportsOnce() {
        var request = books.request().clientToken("once");
        ExportDescription first = books.export(request);
        ExportTableToPointInTimeOutput again = db.call(request);

        assertThat(again.exportDescription().orElseThrow().exportArn()).isEqualTo(first.exportArn());
        assertThat(db.refusal(books.request().clientToken("once").s3Prefix("other")))
                .startsWith("ExportConflictException");
        ListExportsOutput all = db.call(new ListExportsInput().tableArn(books.arn()));
        assertThat(all.exportSummaries()).hasSize(1);
    }

    @Test
    void aTableThatIsNotRecoverableIsNotExported() {
        db.call(table("plain", "id:S"));

        assertThat(db.refusal(books.request().tableArn(books.arn().replace("books", "plain"))))
                .startsWith("PointInTimeRecoveryUnavailableException");
        assertThat(db.refusal(books.request().tableArn(books.arn().replace("books", "missing"))))
                .startsWith("TableNotFoundException");
    }
}
