package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.Transfer.Failure;
import dev.cloudjar.services.dynamodb.Transfer.Outcome;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Imports of new tables from files in buckets.
final class Imports implements DynamoDb {
    private static final int PAGE = 25;
    private static final int TOKEN_BLOCK = 8;
    private static final int SHORTEST_TOKEN = 56;
    private static final Failure SOME_REFUSED = new Failure(
            "ItemValidationError",
            "Some of the items failed validation checks and were not imported. Please check CloudWatch error logs for"
                    + " more details.");

    private final Kernel kernel;
    private final Tables tables;
    private final Images images;
    private final Transfers transfers;

    Imports(Kernel kernel, Tables tables, Images images) {
        this.kernel = kernel;
        this.tables = tables;
        this.images = images;
        this.transfers = new Transfers(kernel, Transfer.IMPORT);
    }

    @Override
    @OutsideTransaction
    public ImportTableOutput importTable(ImportTableInput in) {
        ObjectStore store = transfers.store("ImportTable");
        Instant now = tables.now();
        Optional<Transfer> before = transfers.repeated(
                in,
                () -> IMPORT_CONFLICT_EXCEPTION.because(
                        "Import with the same client token but different parameters already exists"));
        if (before.isPresent()) {
            return new ImportTableOutput()
                    .importTableDescription(describe(before.get(), before.get().status(now)));
        }
        check(in);
        DynamoTable target = kernel.transact(() -> target(in));
        Outcome outcome = run(new ImportRun(store, images, in, target), target);
        Instant ended = tables.phase("IN_PROGRESS").until();
        Transfer kept = transfers.keep(new Transfer(
                transfers.newId(target.id(), now),
                StructJson.write(in),
                Transfer.Of.table(target),
                now,
                ended,
                outcome));
        return new ImportTableOutput().importTableDescription(describe(kept, "IN_PROGRESS"));
    }

    private static void check(ImportTableInput in) {
        boolean csv = in.inputFormat().equals("CSV");
        if (!csv && in.inputFormatOptions().flatMap(InputFormatOptions::csv).isPresent()) {
            throw Refusals.parameters("InputFormatOptions.Csv can only be specified when InputFormat is CSV");
        }
    }

    /// The table to be, which nobody sees before it is full.
    private DynamoTable target(ImportTableInput in) {
        var asked = CreateTableInput.from(in.tableCreationParameters());
        DynamoTable target = new TableDefinition(kernel, tables.phase("CREATING")).read(asked);
        tables.checkFree(target.id());
        return target;
    }

    private Outcome run(ImportRun run, DynamoTable target) {
        Transfer.Extent extent;
        try {
            extent = run.extent();
        } catch (AwsError refused) {
            return new Outcome(
                    Transfer.Extent.NONE,
                    Optional.of(Failure.of(refused, Call.current().request().id())));
        }
        kernel.transact(() -> tables.create(target, Map.of()));
        return new Outcome(extent, Optional.of(SOME_REFUSED).filter(_ -> extent.refused() > 0));
    }

    @Override
    public DescribeImportOutput describeImport(DescribeImportInput in) {
        Transfer found = transfers.get(in.importArn());
        return new DescribeImportOutput().importTableDescription(describe(found, found.status(tables.now())));
    }

    private static ImportTableDescription describe(Transfer each, String status) {
        var request = StructJson.read(each.request(), new ImportTableInput());
        Transfer.Extent extent = status.equals("IN_PROGRESS")
                ? Transfer.Extent.NONE
                : each.outcome().extent();
        S3BucketSource source = request.s3BucketSource();
        var view = ImportTableDescription.from(request)
                .importArn(each.arn())
                .importStatus(status)
                .tableArn(each.of().arn())
                .tableId(each.of().tableId())
                .s3BucketSource(S3BucketSource.from(source)
                        .s3BucketOwner(
                                source.s3BucketOwner().orElse(Call.current().account())))
                .errorCount(extent.refused())
                .cloudWatchLogGroupArn(
                        Arn.here("logs", "log-group:/aws-dynamodb/imports:*").toString())
                .inputCompressionType(request.inputCompressionType().orElse("NONE"))
                .startTime(each.started())
                .processedSizeBytes(extent.bytes())
                .processedItemCount(extent.items())
                .importedItemCount(extent.arrived());
        if (status.equals("IN_PROGRESS")) {
            return view;
        }
        each.outcome()
                .failure()
                .ifPresent(failure -> view.failureCode(failure.code()).failureMessage(failure.message()));
        return view.endTime(each.ended());
    }

    @Override
    public ListImportsOutput listImports(ListImportsInput in) {
        var paging = new Paging(
                in.pageSize().orElse(PAGE),
                in.nextToken().map(Imports::opened),
                () -> Refusals.invalid("Invalid NextToken"));
        Page<Transfer> page = transfers.page(in.tableArn(), paging);
        Instant now = tables.now();
        return new ListImportsOutput()
                .importSummaryList(page.items().stream()
                        .map(each -> ImportSummary.from(describe(each, each.status(now))))
                        .toList())
                .nextToken(page.next().map(Imports::spelled));
    }

    /// A token as this operation has them: hexadecimal, in blocks, of a length that the model asks for.
    private static String spelled(String token) {
        byte[] text = token.getBytes(StandardCharsets.UTF_8);
        int length = Math.max(SHORTEST_TOKEN, Math.ceilDiv(text.length, TOKEN_BLOCK) * TOKEN_BLOCK);
        return HexFormat.of().formatHex(Arrays.copyOf(text, length));
    }

    private static String opened(String token) {
        return new String(HexFormat.of().parseHex(token), StandardCharsets.UTF_8).replace("\0", "");
    }
}
