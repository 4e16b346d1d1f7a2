package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3Control.Format;
import dev.cloudjar.api.S3Control.S3BucketDestination;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.api.S3Control.StorageLensDataExport;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.s3.Lens.Dashboard;
import dev.cloudjar.services.s3.parquet.ParquetColumn;
import dev.cloudjar.services.s3.parquet.ParquetColumn.Physical;
import dev.cloudjar.services.s3.parquet.ParquetWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The daily exports of Storage Lens dashboards: every midnight a file of metrics and a manifest that tells
/// where it is, in the bucket that is to have them.
final class LensExport {
    static final String TASK = "storage-lens";

    private static final String SERVICE = "storage-lens.s3.amazonaws.com";
    private static final String VERSION = "V_1";
    private static final String SCHEMA = "s3.storage.lens";
    private static final List<String> COLUMNS = List.of(
            "version_number",
            "configuration_id",
            "report_date",
            "aws_account_number",
            "aws_region",
            "storage_class",
            "record_type",
            "record_value",
            "bucket_name",
            "metric_name",
            "metric_value");

    /// When a dashboard is exported next; a task for another time is an old one.
    record Day(String key, Instant at) implements Row<String> {}

    private final Kernel kernel;
    private final Buckets buckets;
    private final LensMetrics metrics;
    private final Shipping shipping;
    private final Table<String, Dashboard> dashboards;
    private final Table<String, Day> days;

    LensExport(Parts parts, Shipping shipping) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.metrics = new LensMetrics(parts);
        this.shipping = shipping;
        this.dashboards = kernel.table(Dashboard.class, Scope.ACCOUNT);
        this.days = kernel.table(Day.class, Scope.ACCOUNT);
    }

    /// Sets down when a dashboard is exported next, if it is to be.
    void schedule(String id, StorageLensConfiguration wanted) {
        if (!wanted.isEnabled() || destination(wanted).isEmpty()) {
            kernel.transact(() -> days.remove(id));
            return;
        }
        Instant midnight = kernel.time().now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        kernel.transact(() -> {
            boolean known =
                    days.find(id).filter(day -> day.at().equals(midnight)).isPresent();
            if (!known) {
                days.put(new Day(id, midnight));
                kernel.agenda().at(midnight, S3ControlService.ID, TASK, midnight.getEpochSecond() + "/" + id);
            }
            return known;
        });
    }

    private static Optional<S3BucketDestination> destination(StorageLensConfiguration wanted) {
        return wanted.dataExport().flatMap(StorageLensDataExport::s3BucketDestination);
    }

    /// Exports the dashboard that `subject` names, `instant/id`, and sets down the next.
    void export(String subject) {
        int slash = subject.indexOf('/');
        Instant at = Instant.ofEpochSecond(Long.parseLong(subject.substring(0, slash)));
        String id = subject.substring(slash + 1);
        boolean current = kernel.transact(() -> days.find(id))
                .filter(day -> day.at().equals(at))
                .isPresent();
        Optional<Dashboard> dashboard = current ? kernel.transact(() -> dashboards.find(id)) : Optional.empty();
        dashboard.ifPresent(found -> {
            StorageLensConfiguration wanted = found.read();
            destination(wanted).ifPresent(to -> export(wanted, to, at));
            schedule(id, wanted);
        });
    }

    private void export(StorageLensConfiguration wanted, S3BucketDestination destination, Instant at) {
        Optional<OwnedBucket> to =
                Arn.parse(destination.arn()).map(arn -> arn.name()).flatMap(buckets::find);
        if (to.filter(bucket -> bucket.owner().equals(destination.accountId())).isEmpty()) {
            return;
        }
        String day = at.minus(Duration.ofDays(1))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        List<String> head = List.of(VERSION, wanted.id(), day, Call.current().account());
        boolean parquet = destination.format().equals(Format.PARQUET);
        List<List<@Nullable Object>> rows = metrics.rows(wanted, head, at);
        Blob file = parquet ? Blob.of(ParquetWriter.write(SCHEMA, columns(), rows)) : csv(rows);
        String folder = destination.prefix().map(prefix -> prefix + '/').orElse("") + "StorageLens/"
                + Call.current().account() + '/' + wanted.id() + '/' + VERSION;
        String key = folder + "/reports/dt=" + day + '/' + kernel.ids().uuid() + (parquet ? ".par" : ".csv");
        var from = new Shipping.From(
                SERVICE, wanted.storageLensArn().orElse(""), Call.current().account());
        if (ship(from, to.orElseThrow(), destination, key, file)) {
            String told = manifest(
                    wanted,
                    to.get(),
                    day,
                    parquet,
                    Map.of(
                            "key", key,
                            "size", file.size(),
                            "md5Checksum", Digests.hex(Digests.md5().digest(file.bytes()))));
            ship(from, to.get(), destination, folder + "/manifests/dt=" + day + "/manifest.json", Blob.of(told));
        }
    }

    private static List<ParquetColumn> columns() {
        return COLUMNS.stream()
                .map(name -> ParquetWriter.column(
                        name, name.equals("metric_value") ? Physical.INT64 : Physical.BYTE_ARRAY, true))
                .toList();
    }

    private static Blob csv(List<List<@Nullable Object>> rows) {
        var text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (List<@Nullable Object> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : ",").append(row.get(i));
            }
            text.append('\n');
        }
        return Blob.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String manifest(
            StorageLensConfiguration wanted, OwnedBucket to, String day, boolean parquet, Map<String, Object> file) {
        var told = new LinkedHashMap<String, Object>();
        told.put("sourceAccountId", Call.current().account());
        told.put("configId", wanted.id());
        told.put("destinationBucket", to.arn());
        told.put("reportVersion", VERSION);
        told.put("reportDate", day);
        told.put("reportFormat", parquet ? "Parquet" : "CSV");
        told.put("reportSchema", parquet ? ParquetWriter.schema(SCHEMA, columns()) : String.join(",", COLUMNS));
        told.put("reportFiles", new ArrayList<>(List.of(file)));
        return Json.write(told);
    }

    private boolean ship(
            Shipping.From from, OwnedBucket to, S3BucketDestination destination, String key, Blob content) {
        PutObjectRequest object =
                Shipping.file(key, key.endsWith(".json") ? "application/json" : "application/octet-stream", content);
        destination
                .encryption()
                .ifPresent(by -> Shipping.seal(
                        object, by.sses3().isPresent(), by.ssekms().map(kms -> kms.keyId())));
        return shipping.ship(from, to, object);
    }
}
