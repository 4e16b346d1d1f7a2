package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.CsvOptions;
import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.api.DynamoDb.DescribeExportInput;
import dev.cloudjar.api.DynamoDb.DescribeExportOutput;
import dev.cloudjar.api.DynamoDb.DescribeImportInput;
import dev.cloudjar.api.DynamoDb.DescribeImportOutput;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.ExportDescription;
import dev.cloudjar.api.DynamoDb.ExportTableToPointInTimeInput;
import dev.cloudjar.api.DynamoDb.ExportTableToPointInTimeOutput;
import dev.cloudjar.api.DynamoDb.ImportTableDescription;
import dev.cloudjar.api.DynamoDb.ImportTableInput;
import dev.cloudjar.api.DynamoDb.ImportTableOutput;
import dev.cloudjar.api.DynamoDb.IncrementalExportSpecification;
import dev.cloudjar.api.DynamoDb.InputFormatOptions;
import dev.cloudjar.api.DynamoDb.ListExportsInput;
import dev.cloudjar.api.DynamoDb.ListExportsOutput;
import dev.cloudjar.api.DynamoDb.ListImportsInput;
import dev.cloudjar.api.DynamoDb.ListImportsOutput;
import dev.cloudjar.api.DynamoDb.PointInTimeRecoverySpecification;
import dev.cloudjar.api.DynamoDb.S3BucketSource;
import dev.cloudjar.api.DynamoDb.ScanInput;
import dev.cloudjar.api.DynamoDb.ScanOutput;
import dev.cloudjar.api.DynamoDb.TableCreationParameters;
import dev.cloudjar.api.DynamoDb.UpdateContinuousBackupsInput;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.ObjectStore.Bucket;
import dev.cloudjar.kernel.ObjectStore.Found;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tables go to buckets and come back from them, whole or as what has changed, in each of DynamoDB's formats.
class TransferTest {
    private static final Bucket BUCKET = new Bucket("exports", Optional.empty());

    @AutoClose
    private final Database db = Database.fresh();

    private final String arn =
            "arn:aws:dynamodb:" + db.region() + ":" + db.world().settings().account() + ":table/books";

    @BeforeEach
    void makeATable() {
        db.call(table("books", "id:S", "page:N"));
        db.call(new UpdateContinuousBackupsInput()
                .tableName("books")
                .pointInTimeRecoverySpecification(
                        new PointInTimeRecoverySpecification().pointInTimeRecoveryEnabled(true)));
    }

    private ExportTableToPointInTimeInput request() {
        return new ExportTableToPointInTimeInput().tableArn(arn).s3Bucket("exports");
    }

    private ExportDescription export(ExportTableToPointInTimeInput request) {
        ExportTableToPointInTimeOutput begun = db.call(request);
        ExportDescription view = begun.exportDescription().orElseThrow();
        assertThat(view.exportStatus()).contains("IN_PROGRESS");
        DescribeExportOutput found =
                db.call(new DescribeExportInput().exportArn(view.exportArn().orElseThrow()));
        return found.exportDescription().orElseThrow();
    }

    private String read(String key) {
        return new String(bytes(key), UTF_8);
    }

    private byte[] bytes(String key) {
        return db.buckets(store -> {
            try (var in = store.open(BUCKET, key).open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String unzipped(String key) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes(key)))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private void write(String key, String text) {
        db.buckets(store -> store.put(BUCKET, key, Body.of(Blob.of(text)), Map.of()));
    }

    private List<Map<String, AttributeValue>> scan(String table) {
        ScanOutput found = db.call(new ScanInput().tableName(table));
        return found.items();
    }

    /// The lines of an export's only file.
    private String data(ExportDescription export) throws IOException {
        String summary = export.exportManifest().orElseThrow();
        var manifest =
                Json.object(read(summary.replace("summary", "files")).strip()).orElseThrow();
        return unzipped(String.valueOf(manifest.get("dataFileS3Key")));
    }

    @Test
    void anExportIsLaidOutAsAwsDoes() throws IOException {
        db.put("books", "id", "a", "page", 1, "tags", new AttributeValue().ss(List.of("x", "y")));

        ExportDescription export = export(request().s3Prefix("nightly"));

        String summary = export.exportManifest().orElseThrow();
        String folder = summary.substring(0, summary.lastIndexOf('/') + 1);
        assertThat(folder).matches("nightly/AWSDynamoDB/[0-9]{14}-[0-9a-f]{8}/");
        assertThat(export.exportStatus()).contains("COMPLETED");
        assertThat(export.itemCount()).contains(1L);
        List<Found> files = db.buckets(store -> store.list(BUCKET, folder));
        assertThat(files.stream().map(file -> file.key().substring(folder.length())))
                .contains(
                        "_started",
                        "manifest-files.json",
                        "manifest-files.md5",
                        "manifest-summary.json",
                        "manifest-summary.md5");
        assertThat(data(export))
                .isEqualTo(
                        "{\"Item\":{\"id\":{\"S\":\"a\"},\"page\":{\"N\":\"1\"},\"tags\":{\"SS\":[\"x\",\"y\"]}}}\n");
        Map<String, ?> told = Json.object(read(summary)).orElseThrow();
        assertThat(told.get("exportArn")).isEqualTo(export.exportArn().orElseThrow());
        assertThat(told.get("outputFormat")).isEqualTo("DYNAMODB_JSON");
    }

    @Test
    void anExportShowsTheTableAsItWas() throws IOException {
        db.put("books", "id", "a", "page", 1);
        Instant then = db.world().time().now();
        db.pass(Duration.ofSeconds(1));
        db.put("books", "id", "b", "page", 2);

        assertThat(data(export(request().exportTime(then)))).contains("\"a\"").doesNotContain("\"b\"");
        assertThat(db.refusal(request().exportTime(then.minusSeconds(60)))).startsWith("InvalidExportTimeException");
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
        var request = request().exportType("INCREMENTAL_EXPORT").incrementalExportSpecification(span);

        String changed = data(export(request));

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
        ExportDescription export = export(request().s3Bucket("nowhere"));

        assertThat(export.exportStatus()).contains("FAILED");
        assertThat(export.failureCode()).contains("S3NoSuchBucket");
        assertThat(export.failureMessage().orElseThrow()).startsWith("The specified bucket does not exist (Service:");
    }

    @Test
    void aTokenExportsOnce() {
        var request = request().clientToken("once");
        ExportDescription first = export(request);
        ExportTableToPointInTimeOutput again = db.call(request);

        assertThat(again.exportDescription().orElseThrow().exportArn()).isEqualTo(first.exportArn());
        assertThat(db.refusal(request().clientToken("once").s3Prefix("other"))).startsWith("ExportConflictException");
        ListExportsOutput all = db.call(new ListExportsInput().tableArn(arn));
        assertThat(all.exportSummaries()).hasSize(1);
    }

    @Test
    void aTableThatIsNotRecoverableIsNotExported() {
        db.call(table("plain", "id:S"));

        assertThat(db.refusal(request().tableArn(arn.replace("books", "plain"))))
                .startsWith("PointInTimeRecoveryUnavailableException");
        assertThat(db.refusal(request().tableArn(arn.replace("books", "missing"))))
                .startsWith("TableNotFoundException");
    }

    private static ImportTableInput importing(String table, String format, String prefix) {
        return new ImportTableInput()
                .inputFormat(format)
                .s3BucketSource(new S3BucketSource().s3Bucket("exports").s3KeyPrefix(prefix))
                .tableCreationParameters(TableCreationParameters.from(table(table, "id:S", "page:N")));
    }

    private ImportTableDescription run(ImportTableInput request) {
        ImportTableOutput begun = db.call(request);
        assertThat(begun.importTableDescription().importStatus()).contains("IN_PROGRESS");
        DescribeImportOutput found = db.call(new DescribeImportInput()
                .importArn(begun.importTableDescription().importArn().orElseThrow()));
        return found.importTableDescription();
    }

    @Test
    void whatWasExportedIsImported() {
        var nested = new AttributeValue()
                .m(item("list", new AttributeValue().l(List.of(new AttributeValue().n("-1.5"))), "bytes", bytes()));
        db.put("books", "id", "a", "page", 1, "nested", nested, "none", new AttributeValue().null_(true));
        db.put("books", "id", "b", "page", 2, "set", new AttributeValue().ns(List.of("1", "2000")));

        for (String format : List.of("DYNAMODB_JSON", "ION")) {
            ExportDescription export = export(request().exportFormat(format).s3Prefix(format));
            String folder = export.exportManifest().orElseThrow().replace("manifest-summary.json", "data/");
            ImportTableDescription done = run(importing(format, format, folder).inputCompressionType("GZIP"));

            assertThat(done.importStatus()).contains("COMPLETED");
            assertThat(done.importedItemCount()).contains(2L);
            assertThat(scan(format)).containsExactlyInAnyOrderElementsOf(scan("books"));
        }
    }

    private static AttributeValue bytes() {
        return new AttributeValue().b(Blob.of(new byte[] {0, 1, (byte) 0xFF}));
    }

    @Test
    void columnsOfACsvFileAreStringsUnlessTheyAreKeys() {
        write("csv/one", "id,page,title\na,1,\"A, or \"\"B\"\"\"\nb,2,C\n");

        ImportTableDescription done = run(importing("csv", "CSV", "csv/"));

        assertThat(done.importStatus()).contains("COMPLETED");
        assertThat(scan("csv"))
                .containsExactlyInAnyOrder(
                        item("id", "a", "page", 1, "title", "A, or \"B\""), item("id", "b", "page", 2, "title", "C"));
        write("tabs/one", "a\t1\n");
        var columns = new CsvOptions().delimiter("\t").headerList(List.of("id", "page"));
        run(importing("tabs", "CSV", "tabs/").inputFormatOptions(new InputFormatOptions().csv(columns)));
        assertThat(scan("tabs")).containsExactly(item("id", "a", "page", 1));
    }

    @Test
    void itemsThatDoNotFitAreCountedAndLeftOut() {
        write("some/one", "{\"Item\":{\"id\":{\"S\":\"a\"},\"page\":{\"N\":\"1\"}}}\nnonsense\n{\"Item\":{}}\n");

        ImportTableDescription done = run(importing("some", "DYNAMODB_JSON", "some/"));

        assertThat(done.importStatus()).contains("FAILED");
        assertThat(done.failureCode()).contains("ItemValidationError");
        assertThat(done.processedItemCount()).contains(3L);
        assertThat(done.importedItemCount()).contains(1L);
        assertThat(done.errorCount()).contains(2L);
        assertThat(scan("some")).containsExactly(item("id", "a", "page", 1));
    }

    @Test
    void anImportFromNowhereMakesNoTable() {
        var request = importing("new", "ION", "x");
        request.s3BucketSource().s3Bucket("nowhere");

        assertThat(run(request).failureCode()).contains("S3NoSuchBucket");
        assertThat(db.refusal(new DescribeTableInput().tableName("new"))).startsWith("ResourceNotFoundException");
        assertThat(db.refusal(importing("books", "ION", "x")))
                .isEqualTo("ResourceInUseException: Table already exists: books");
    }

    @Test
    void importsAreListedAPageAtATime() {
        run(importing("one", "CSV", "none/"));
        run(importing("two", "CSV", "none/"));

        ListImportsOutput first = db.call(new ListImportsInput().pageSize(1));
        String token = first.nextToken().orElseThrow();
        assertThat(token).matches("([0-9a-f]{16})+").hasSizeBetween(112, 1024);
        ListImportsOutput second = db.call(new ListImportsInput().pageSize(1).nextToken(token));
        assertThat(second.nextToken()).isEmpty();
        assertThat(second.importSummaryList()).hasSize(1).doesNotContainAnyElementsOf(first.importSummaryList());
    }
}
