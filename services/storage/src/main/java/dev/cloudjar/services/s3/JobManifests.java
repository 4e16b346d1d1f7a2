package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.GetObjectOutput;
import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3Control.CreateJobRequest;
import dev.cloudjar.api.S3Control.JobManifest;
import dev.cloudjar.api.S3Control.JobManifestFieldName;
import dev.cloudjar.api.S3Control.JobManifestFormat;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.s3.select.CsvFormat;
import dev.cloudjar.services.s3.select.CsvRows;
import dev.cloudjar.services.s3.select.Packing;
import dev.cloudjar.services.s3.select.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The lists of objects that jobs go through, read line by line in the name of the job's role.
final class JobManifests {
    private static final CsvFormat CSV =
            new CsvFormat(new CsvFormat.Marks(",", "\n", "\"", "\"", ""), CsvFormat.NO_HEADERS, true);

    private final Errands errands;
    private final Reading reading;
    private final JobListing listing;

    JobManifests(Parts parts, Reading reading) {
        this.errands = new Errands(parts);
        this.reading = reading;
        this.listing = new JobListing(parts);
    }

    /// Tells of each object of a job's manifest, or of what its generator finds.
    void each(CreateJobRequest in, Consumer<JobTarget> told) {
        try {
            Optional<JobManifest> manifest = in.manifest();
            if (manifest.isPresent()) {
                read(manifest.get(), told);
            } else {
                listing.each(
                        in.manifestGenerator()
                                .orElseThrow()
                                .s3JobManifestGenerator()
                                .orElseThrow(),
                        told);
            }
        } catch (AwsError refused) {
            throw new JobFault(
                    refused.code().status() == 403 ? "ManifestReadAccessDenied" : "ManifestNotFound",
                    "Reading the manifest failed: " + refused.message());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(JobManifest manifest, Consumer<JobTarget> told) throws IOException {
        String[] object = split(manifest.location().objectArn());
        GetObjectOutput out = open(object[0], object[1], manifest.location().objectVersionId());
        String etag = Conditions.unquoted(manifest.location().eTag());
        if (!Conditions.unquoted(out.eTag().orElse("")).equals(etag)) {
            throw new JobFault("ManifestETagMismatch", "The ETag of the manifest is not the one that was given.");
        }
        if (manifest.spec().format().equals(JobManifestFormat.S3_BATCH_OPERATIONS_CSV_20180820)) {
            lines(out.body().orElseThrow().open(), manifest.spec().fields(), told);
        } else {
            inventory(new String(out.body().orElseThrow().open().readAllBytes(), StandardCharsets.UTF_8), told);
        }
    }

    private GetObjectOutput open(String bucket, String key, Optional<String> version) {
        var in = new GetObjectRequest().bucket(bucket).key(key).versionId(version);
        return errands.ask("GetObject", in, () -> reading.getObject(in));
    }

    private static String[] split(String arn) {
        String resource = Arn.parse(arn).map(Arn::resource).orElse(arn);
        int slash = resource.indexOf('/');
        if (slash < 1) {
            throw new JobFault("InvalidManifest", "The manifest's ARN names no object: " + arn);
        }
        return new String[] {resource.substring(0, slash), resource.substring(slash + 1)};
    }

    /// An inventory is a document that names the files in which the lines stand, and their fields.
    private void inventory(String text, Consumer<JobTarget> told) throws IOException {
        Map<String, ?> manifest = Json.object(text)
                .orElseThrow(() -> new JobFault("InvalidManifest", "The manifest of the inventory is not JSON."));
        if (!"CSV".equals(manifest.get("fileFormat"))) {
            throw new JobFault("InvalidManifest", "Cloudjar reads inventories in CSV only.");
        }
        List<String> fields = Arrays.stream(
                        String.valueOf(manifest.get("fileSchema")).split(",", -1))
                .map(String::strip)
                .toList();
        String bucket = String.valueOf(manifest.get("destinationBucket"));
        String name = Arn.parse(bucket).map(Arn::resource).orElse(bucket);
        if (manifest.get("files") instanceof List<?> files) {
            for (Object file : files) {
                String key = String.valueOf(((Map<?, ?>) file).get("key"));
                InputStream packed =
                        open(name, key, Optional.empty()).body().orElseThrow().open();
                lines(Packing.GZIP.open(packed), fields, told);
            }
        }
    }

    private static void lines(InputStream text, List<String> fields, Consumer<JobTarget> told) throws IOException {
        int bucket = place(fields, JobManifestFieldName.BUCKET);
        int key = place(fields, JobManifestFieldName.KEY);
        int version = fields.indexOf(JobManifestFieldName.VERSION_ID) + 1;
        try (var rows = new CsvRows(text, CSV, Long.MAX_VALUE)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                String id = version == 0 ? "" : field(row, version);
                told.accept(new JobTarget(field(row, bucket), decoded(field(row, key)), id));
            }
        }
    }

    private static int place(List<String> fields, String name) {
        int at = fields.indexOf(name);
        if (at < 0) {
            throw new JobFault("InvalidManifest", "The manifest has no field " + name + ".");
        }
        return at + 1;
    }

    private static String field(Row row, int place) {
        Object value = row.column("_" + place, true);
        return value instanceof String text ? text : "";
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new JobFault("InvalidManifest", "A key of the manifest is not encoded as in a URL: " + key);
        }
    }
}
