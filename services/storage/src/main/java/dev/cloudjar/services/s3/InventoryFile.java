package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.InventoryFormat;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.s3.orc.OrcWriter;
import dev.cloudjar.services.s3.parquet.ParquetColumn;
import dev.cloudjar.services.s3.parquet.ParquetColumn.Physical;
import dev.cloudjar.services.s3.parquet.ParquetWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The files of inventories: CSV, packed, with all fields in quotes and keys encoded as in a URL; ORC; or
/// Parquet.
record InventoryFile(String format, List<String> schema) {
    private static final String NAME = "s3.inventory";
    private static final Set<String> REQUIRED = Set.of("Bucket", "Key");
    private static final Set<String> FLAGS = Set.of("IsLatest", "IsDeleteMarker", "IsMultipartUploaded");
    private static final Set<String> DATES =
            Set.of("LastModifiedDate", "ObjectLockRetainUntilDate", "LifecycleExpirationDate");

    private boolean isOrc() {
        return format.equals(InventoryFormat.ORC);
    }

    private boolean isParquet() {
        return format.equals(InventoryFormat.PARQUET);
    }

    String extension() {
        return isParquet() ? ".parquet" : isOrc() ? ".orc" : ".csv.gz";
    }

    /// The schema as the manifest tells it.
    String told() {
        return isParquet()
                ? ParquetWriter.schema(NAME, columns())
                : isOrc() ? OrcWriter.schema(orcColumns()) : String.join(", ", schema);
    }

    /// The format as the manifest tells it.
    String name() {
        return isParquet() ? "Parquet" : format;
    }

    Blob of(List<List<String>> rows) {
        return Blob.of(
                isParquet()
                        ? ParquetWriter.write(NAME, columns(), typed(rows))
                        : isOrc() ? OrcWriter.write(orcColumns(), typed(rows)) : zipped(rows));
    }

    private byte[] zipped(List<List<String>> rows) {
        int key = schema.indexOf("Key");
        var spelling = new Spelling(true);
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            for (List<String> row : rows) {
                List<String> fields = new ArrayList<>(row);
                fields.set(key, spelling.of(row.get(key)));
                String line = '"' + String.join("\",\"", fields) + "\"\n";
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private List<ParquetColumn> columns() {
        return schema.stream()
                .map(field -> ParquetWriter.column(column(field), physical(field), REQUIRED.contains(field)))
                .toList();
    }

    private List<OrcWriter.Column> orcColumns() {
        return schema.stream()
                .map(field -> new OrcWriter.Column(column(field), orcType(field)))
                .toList();
    }

    private static OrcWriter.Type orcType(String field) {
        if (FLAGS.contains(field)) {
            return OrcWriter.Type.BOOLEAN;
        }
        if (DATES.contains(field)) {
            return OrcWriter.Type.TIMESTAMP;
        }
        return field.equals("Size") ? OrcWriter.Type.BIGINT : OrcWriter.Type.STRING;
    }

    /// `LastModifiedDate` as `last_modified_date`.
    private static String column(String field) {
        return field.replace("ETag", "E_Tag")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static Physical physical(String field) {
        if (FLAGS.contains(field)) {
            return Physical.BOOLEAN;
        }
        return field.equals("Size") || DATES.contains(field) ? Physical.INT64 : Physical.BYTE_ARRAY;
    }

    private List<List<@Nullable Object>> typed(List<List<String>> rows) {
        List<List<@Nullable Object>> typed = new ArrayList<>(rows.size());
        for (List<String> row : rows) {
            List<@Nullable Object> values = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                values.add(typed(schema.get(i), row.get(i)));
            }
            typed.add(values);
        }
        return typed;
    }

    private static @Nullable Object typed(String field, String value) {
        if (value.isEmpty()) {
            return null;
        }
        if (FLAGS.contains(field)) {
            return Boolean.valueOf(value);
        }
        return field.equals("Size")
                ? (Object) Long.valueOf(value)
                : DATES.contains(field) ? (Object) Instant.parse(value).toEpochMilli() : value;
    }
}
