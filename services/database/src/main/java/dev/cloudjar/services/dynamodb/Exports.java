package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.Transfer.Failure;
import dev.cloudjar.services.dynamodb.Transfer.Outcome;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Exports of tables to buckets: a table as it was at any second, or what has changed between two. The files are
/// there when the request is answered; that they are being written is said once, as of all that AWS does in the
/// background.
final class Exports implements DynamoDb {
    private static final int PAGE = 25;
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(24);
    static final String INCREMENTAL = "INCREMENTAL_EXPORT";

    private final Kernel kernel;
    private final Tables tables;
    private final Restores restores;
    private final Images images;
    private final Transfers transfers;

    Exports(Kernel kernel, Tables tables, Restores restores, Images images) {
        this.kernel = kernel;
        this.tables = tables;
        this.restores = restores;
        this.images = images;
        this.transfers = new Transfers(kernel, Transfer.EXPORT);
    }

    @Override
    @OutsideTransaction
    public ExportTableToPointInTimeOutput exportTableToPointInTime(ExportTableToPointInTimeInput in) {
        var store = transfers.store("ExportTableToPointInTime");
        DynamoTable table = kernel.transact(() -> tables.known(in.tableArn()));
        Instant now = tables.now();
        Optional<Transfer> before = transfers.repeated(
                in,
                () -> EXPORT_CONFLICT_EXCEPTION.because(
                        "Export with the same client token but different parameters already exists"));
        if (before.isPresent()) {
            return new ExportTableToPointInTimeOutput()
                    .exportDescription(describe(before.get(), before.get().status(now)));
        }
        ExportDescription asked = asked(in, now);
        check(table, asked);
        String id = transfers.newId(table.id(), now);
        var started = new Transfer(
                id,
                StructJson.write(in),
                Transfer.Of.table(table),
                now,
                now,
                new Outcome(Transfer.Extent.NONE, Optional.empty()));
        Outcome outcome = run(new ExportFiles(kernel, store, describe(started, "COMPLETED")), table, asked);
        Instant ended = tables.phase("IN_PROGRESS").until();
        Transfer kept = transfers.keep(new Transfer(id, started.request(), started.of(), now, ended, outcome));
        return new ExportTableToPointInTimeOutput().exportDescription(describe(kept, "IN_PROGRESS"));
    }

    private Outcome run(ExportFiles files, DynamoTable table, ExportDescription asked) {
        try {
            Transfer.Extent extent =
                    asked.exportType().filter(INCREMENTAL::equals).isPresent()
                            ? files.changes(images.between(table, from(asked), to(asked)))
                            : files.items(images.at(table, asked.exportTime().orElseThrow()));
            return new Outcome(extent, Optional.empty());
        } catch (AwsError refused) {
            return new Outcome(
                    Transfer.Extent.NONE,
                    Optional.of(Failure.of(refused, Call.current().request().id())));
        }
    }

    /// What is asked for with all that goes without saying.
    private static ExportDescription asked(ExportTableToPointInTimeInput in, Instant now) {
        String type = in.exportType().orElse("FULL_EXPORT");
        var asked = ExportDescription.from(in)
                .exportType(type)
                .exportFormat(in.exportFormat().orElse("DYNAMODB_JSON"))
                .s3SseAlgorithm(in.s3SseAlgorithm().orElse("AES256"));
        if (!type.equals(INCREMENTAL)) {
            return asked.exportTime(in.exportTime().orElse(now));
        }
        var span = in.incrementalExportSpecification().orElse(new IncrementalExportSpecification());
        return asked.incrementalExportSpecification(IncrementalExportSpecification.from(span)
                .exportToTime(span.exportToTime().orElse(now))
                .exportViewType(span.exportViewType().orElse("NEW_AND_OLD_IMAGES")));
    }

    private static Instant from(ExportDescription asked) {
        return asked.incrementalExportSpecification()
                .flatMap(IncrementalExportSpecification::exportFromTime)
                .orElseThrow(() -> Refusals.parameters("ExportFromTime must be specified for an incremental export"));
    }

    private static Instant to(ExportDescription asked) {
        return asked.incrementalExportSpecification()
                .flatMap(IncrementalExportSpecification::exportToTime)
                .orElseThrow();
    }

    private void check(DynamoTable table, ExportDescription asked) {
        Features.Recovery recovery = restores.recovery(table);
        if (!asked.exportType().filter(INCREMENTAL::equals).isPresent()) {
            if (asked.incrementalExportSpecification().isPresent()) {
                throw Refusals.parameters("IncrementalExportSpecification is only allowed for INCREMENTAL_EXPORT");
            }
            checkTime(recovery, asked.exportTime().orElseThrow(), "ExportTime");
            return;
        }
        if (asked.exportTime().isPresent()) {
            throw Refusals.parameters("ExportTime is only allowed for FULL_EXPORT");
        }
        Instant from = from(asked);
        Instant to = to(asked);
        if (!from.isBefore(to)) {
            throw Refusals.parameters("ExportFromTime must be before ExportToTime");
        }
        Duration span = Duration.between(from, to);
        if (span.compareTo(SHORTEST) < 0 || span.compareTo(LONGEST) > 0) {
            throw Refusals.parameters(
                    "Difference between ExportFromTime and ExportToTime must be between 15 minutes and 24 hours");
        }
        checkTime(recovery, from, "ExportFromTime");
        checkTime(recovery, to, "ExportToTime");
    }

    private void checkTime(Features.Recovery recovery, Instant time, String name) {
        if (time.isBefore(restores.earliest(recovery)) || time.isAfter(tables.now())) {
            throw INVALID_EXPORT_TIME_EXCEPTION.because(
                    "%s must be between EarliestRestorableDateTime and LatestRestorableDateTime", name);
        }
    }

    @Override
    public DescribeExportOutput describeExport(DescribeExportInput in) {
        Transfer export = transfers.get(in.exportArn());
        return new DescribeExportOutput().exportDescription(describe(export, export.status(tables.now())));
    }

    private static ExportDescription describe(Transfer export, String status) {
        var request = StructJson.read(export.request(), new ExportTableToPointInTimeInput());
        ExportDescription view = asked(request, export.started())
                .exportArn(export.arn())
                .exportStatus(status)
                .startTime(export.started())
                .tableArn(export.of().arn())
                .tableId(export.of().tableId());
        if (status.equals("IN_PROGRESS")) {
            return view;
        }
        export.outcome()
                .failure()
                .ifPresent(failure -> view.failureCode(failure.code()).failureMessage(failure.message()));
        return view.endTime(export.ended())
                .exportManifest(ExportFiles.folder(view) + "manifest-summary.json")
                .itemCount(export.outcome().extent().items())
                .billedSizeBytes(export.outcome().extent().bytes());
    }

    @Override
    public ListExportsOutput listExports(ListExportsInput in) {
        var paging =
                new Paging(in.maxResults().orElse(PAGE), in.nextToken(), () -> Refusals.invalid("Invalid NextToken"));
        Page<Transfer> page = transfers.page(in.tableArn(), paging);
        return new ListExportsOutput()
                .exportSummaries(page.items().stream().map(this::summary).toList())
                .nextToken(page.next());
    }

    private ExportSummary summary(Transfer export) {
        return ExportSummary.from(describe(export, export.status(tables.now())));
    }
}
