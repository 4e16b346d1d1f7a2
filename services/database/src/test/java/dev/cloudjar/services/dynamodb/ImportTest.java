package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.CsvOptions;
import dev.cloudjar.api.DynamoDb.DescribeImportInput;
import dev.cloudjar.api.DynamoDb.DescribeImportOutput;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.ExportDescription;
import dev.cloudjar.api.DynamoDb.ImportTableDescription;
import dev.cloudjar.api.DynamoDb.ImportTableInput;
import dev.cloudjar.api.DynamoDb.ImportTableOutput;
import dev.cloudjar.api.DynamoDb.InputFormatOptions;
import dev.cloudjar.api.DynamoDb.ListImportsInput;
import dev.cloudjar.api.DynamoDb.ListImportsOutput;
import dev.cloudjar.api.DynamoDb.S3BucketSource;
import dev.cloudjar.api.DynamoDb.TableCreationParameters;
import dev.cloudjar.model.Blob;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Tables are made of files in buckets, in each of DynamoDB's formats.
class ImportTest {
    @AutoClose
    private final Exchange books = Exchange.fresh();

    private final Database db = books.db();

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
            ExportDescription export =
                    books.export(books.request().exportFormat(format).s3Prefix(format));
            String folder = export.exportManifest().orElseThrow().replace("manifest-summary.json", "data/");
            ImportTableDescription done = run(importing(format, format, folder).inputCompressionType("GZIP"));

            assertThat(done.importStatus()).contains("COMPLETED");
            assertThat(done.importedItemCount()).contains(2L);
            assertThat(books.scan(format)).containsExactlyInAnyOrderElementsOf(books.scan("books"));
        }
    }

    @Test
    void columnsOfACsvFileAreStringsUnlessTheyAreKeys() {
        books.write("csv/one", "id,page,title\na,1,\"A, or \"\"B\"\"\"\nb,2,C\n");

        ImportTableDescription done = run(importing("csv", "CSV", "csv/"));

        assertThat(done.importStatus()).contains("COMPLETED");
        assertThat(books.scan("csv"))
                .containsExactlyInAnyOrder(
                        item("id", "a", "page", 1, "title", "A, or \"B\""), item("id", "b", "page", 2, "title", "C"));
        books.write("tabs/one", "a\t1\n");
        var columns = new CsvOptions().delimiter("\t").headerList(List.of("id", "page"));
        run(importing("tabs", "CSV", "tabs/").inputFormatOptions(new InputFormatOptions().csv(columns)));
        assertThat(books.scan("tabs")).containsExactly(item("id", "a", "page", 1));
    }

    /// Two lines, as Zstandard's own program compresses them.
    private static final String ZSTD =
            "KLUv/QRonQEAIgMKELBrDNgWW3ruClq8kMgE0xKg7QOBtovxcuJqHXfoZ9yceGIn3tQjZwIAABFztCoDigOsFg==";

    @Test
    void filesMayBeCompressedWithZstandard() {
        books.write("zstd/one", Blob.of(Base64.getDecoder().decode(ZSTD)));
        books.write("zstd/two", "not compressed");

        ImportTableDescription done =
                run(importing("zstd", "DYNAMODB_JSON", "zstd/").inputCompressionType("ZSTD"));

        assertThat(done.errorCount()).contains(1L);
        assertThat(books.scan("zstd"))
                .containsExactlyInAnyOrder(item("id", "a", "page", 1), item("id", "b", "page", 2));
    }

    @Test
    void itemsThatDoNotFitAreCountedAndLeftOut() {
        books.write("some/one", "{\"Item\":{\"id\":{\"S\":\"a\"},\"page\":{\"N\":\"1\"}}}\nnonsense\n{\"Item\":{}}\n");

        ImportTableDescription done = run(importing("some", "DYNAMODB_JSON", "some/"));

        assertThat(done.importStatus()).contains("FAILED");
        assertThat(done.failureCode()).contains("ItemValidationError");
        assertThat(done.processedItemCount()).contains(3L);
        assertThat(done.importedItemCount()).contains(1L);
        assertThat(done.errorCount()).contains(2L);
        assertThat(books.scan("some")).containsExactly(item("id", "a", "page", 1));
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

    private static AttributeValue bytes() {
        return new AttributeValue().b(Blob.of(new byte[] {0, 1, (byte) 0xFF}));
    }
}
