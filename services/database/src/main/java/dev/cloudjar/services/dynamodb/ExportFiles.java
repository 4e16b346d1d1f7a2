package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.ExportDescription;
import dev.cloudjar.api.DynamoDb.IncrementalExportSpecification;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.services.dynamodb.value.ItemIon;
import dev.cloudjar.services.dynamodb.value.ItemJson;
import dev.cloudjar.services.dynamodb.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The files of one export, as AWS lays them out: compressed data, a manifest that names them, and a summary.
final class ExportFiles {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final Kernel kernel;
    private final ObjectStore store;
    private final ExportDescription export;
    private final ObjectStore.Bucket bucket;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final StringBuilder manifest = new StringBuilder();
    private long items;
    private long bytes;

    ExportFiles(Kernel kernel, ObjectStore store, ExportDescription export) {
        this.kernel = kernel;
        this.store = store;
        this.export = export;
        this.bucket = new ObjectStore.Bucket(export.s3Bucket().orElseThrow(), export.s3BucketOwner());
        export.s3SseAlgorithm()
                .ifPresent(algorithm ->
                        settings.put("ServerSideEncryption", algorithm.equals("KMS") ? "aws:kms" : algorithm));
        export.s3SseKmsKeyId().ifPresent(key -> settings.put("SSEKMSKeyId", key));
    }

    private static String root(ExportDescription export) {
        return export.s3Prefix()
                        .filter(prefix -> !prefix.isEmpty())
                        .map(prefix -> prefix.endsWith("/") ? prefix : prefix + '/')
                        .orElse("")
                + "AWSDynamoDB/";
    }

    /// Where the manifests of an export are.
    static String folder(ExportDescription export) {
        String arn = export.exportArn().orElseThrow();
        return root(export) + arn.substring(arn.lastIndexOf('/') + 1) + '/';
    }

    /// Writes all items of an image.
    Transfer.Extent items(Iterator<List<Images.Entry>> image) {
        return write(image, entry -> Map.of("Item", entry.values()));
    }

    /// Writes what has changed, an item a line.
    Transfer.Extent changes(Iterator<List<Images.Change>> changes) {
        boolean both = export.incrementalExportSpecification()
                .flatMap(IncrementalExportSpecification::exportViewType)
                .filter("NEW_AND_OLD_IMAGES"::equals)
                .isPresent();
        return write(changes, change -> {
            Map<String, Map<String, Value>> line = new LinkedHashMap<>();
            line.put("Metadata", Map.of("WriteTimestampMicros", micros(change.at())));
            line.put("Keys", change.key());
            if (both && !change.before().isEmpty()) {
                line.put("OldImage", change.before());
            }
            if (!change.after().isEmpty()) {
                line.put("NewImage", change.after());
            }
            return line;
        });
    }

    private static Value micros(Instant at) {
        return Value.N.of(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
    }

    private <E> Transfer.Extent write(Iterator<List<E>> all, Function<E, Map<String, Map<String, Value>>> line) {
        put(folder(export) + "_started", new byte[0]);
        var part = new ExportPart();
        while (all.hasNext()) {
            for (E each : all.next()) {
                part.add(isIon() ? ItemIon.line(line.apply(each)) : ItemJson.line(line.apply(each)));
                if (part.isFull()) {
                    data(part);
                    part = new ExportPart();
                }
            }
        }
        if (items == 0 || part.lines() > 0) {
            data(part);
        }
        var extent = new Transfer.Extent(items, bytes, items, 0);
        withSum("manifest-files", manifest.toString());
        withSum("manifest-summary", Json.write(summary(extent)));
        return extent;
    }

    /// Files of full exports stand beside their manifest; those of incremental ones are together for all.
    private void data(ExportPart part) {
        items += part.lines();
        bytes += part.bytes();
        String folder = isIncremental() ? root(export) : folder(export);
        String key = folder + "data/" + kernel.ids().hex("", 26) + (isIon() ? ".ion.gz" : ".json.gz");
        byte[] zipped = part.finished();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("itemCount", part.lines());
        entry.put("md5Checksum", md5(zipped));
        entry.put("etag", put(key, zipped));
        entry.put("dataFileS3Key", key);
        manifest.append(Json.write(entry)).append('\n');
    }

    private boolean isIon() {
        return export.exportFormat().filter("ION"::equals).isPresent();
    }

    private boolean isIncremental() {
        return export.exportType().filter(Exports.INCREMENTAL::equals).isPresent();
    }

    private static String md5(byte[] content) {
        return Blob.of(Digests.md5().digest(content)).base64();
    }

    private void withSum(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        put(folder(export) + name + ".json", content);
        put(folder(export) + name + ".md5", md5(content).getBytes(StandardCharsets.UTF_8));
    }

    private String put(String key, byte[] content) {
        return store.put(bucket, key, Body.of(Blob.of(content)), settings).replace("\"", "");
    }

    private Map<String, @Nullable Object> summary(Transfer.Extent extent) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("version", isIncremental() ? "2023-08-01" : "2020-06-30");
        summary.put("exportArn", export.exportArn().orElseThrow());
        summary.put("startTime", time(export.startTime().orElseThrow()));
        summary.put("endTime", time(kernel.time().now()));
        summary.put("tableArn", export.tableArn().orElseThrow());
        summary.put("tableId", export.tableId().orElseThrow());
        export.exportTime().ifPresent(at -> summary.put("exportTime", time(at)));
        export.incrementalExportSpecification().ifPresent(span -> {
            summary.put("exportFromTime", time(span.exportFromTime().orElseThrow()));
            summary.put("exportToTime", time(span.exportToTime().orElseThrow()));
        });
        summary.put("s3Bucket", bucket.name());
        summary.put("s3Prefix", export.s3Prefix().orElse(null));
        summary.put("s3SseAlgorithm", export.s3SseAlgorithm().orElse(null));
        summary.put("s3SseKmsKeyId", export.s3SseKmsKeyId().orElse(null));
        summary.put("manifestFilesS3Key", folder(export) + "manifest-files.json");
        summary.put("billedSizeBytes", extent.bytes());
        summary.put("itemCount", extent.items());
        summary.put("outputFormat", export.exportFormat().orElseThrow());
        export.incrementalExportSpecification()
                .ifPresent(
                        span -> summary.put("outputView", span.exportViewType().orElseThrow()));
        summary.put("exportType", export.exportType().orElseThrow());
        return summary;
    }

    private static String time(Instant at) {
        return TIME.format(at.atOffset(ZoneOffset.UTC));
    }
}
