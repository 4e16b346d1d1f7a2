package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.InventoryConfiguration;
import dev.cloudjar.api.S3.InventoryIncludedObjectVersions;
import dev.cloudjar.kernel.StructJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// The objects of a bucket as an inventory tells of them, field by field.
final class InventoryLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final OwnedBucket bucket;
    private final List<String> schema;
    private final boolean all;
    private final String prefix;
    private final Changes changes;
    private final Function<Version, String> tier;
    private String lastKey = "";

    InventoryLines(OwnedBucket bucket, InventoryConfiguration wanted, Changes changes, Function<Version, String> tier) {
        this.bucket = bucket;
        this.schema = schema(wanted);
        this.all = isOfAll(wanted);
        this.prefix = wanted.filter().map(filter -> filter.prefix()).orElse("");
        this.changes = changes;
        this.tier = tier;
    }

    private static boolean isOfAll(InventoryConfiguration wanted) {
        return wanted.includedObjectVersions().equals(InventoryIncludedObjectVersions.ALL);
    }

    /// The names of the fields, in order.
    static List<String> schema(InventoryConfiguration wanted) {
        var names = new ArrayList<>(List.of("Bucket", "Key"));
        if (isOfAll(wanted)) {
            names.addAll(List.of("VersionId", "IsLatest", "IsDeleteMarker"));
        }
        names.addAll(wanted.optionalFields());
        return names;
    }

    /// The values of these versions, in the order of the schema; they follow those of the call before.
    List<List<String>> rows(List<Version> versions) {
        List<List<String>> rows = new ArrayList<>();
        for (Version version : versions) {
            boolean latest = !version.key().name().equals(lastKey);
            lastKey = version.key().name();
            if (lastKey.startsWith(prefix) && (all || latest && !version.marker())) {
                rows.add(schema.stream()
                        .map(field -> value(field, version, latest))
                        .toList());
            }
        }
        return rows;
    }

    private String value(String field, Version version, boolean latest) {
        return switch (field) {
            case "Bucket" -> bucket.name();
            case "Key" -> version.key().name();
            case "VersionId" -> version.id().equals(Version.NULL) ? "" : version.id();
            case "IsLatest" -> Boolean.toString(latest);
            case "IsDeleteMarker" -> Boolean.toString(version.marker());
            case "LastModifiedDate" -> time(version.origin().modified());
            case "ObjectOwner" -> Canonical.id(version.origin().owner());
            case "LifecycleExpirationDate" -> expiration(version);
            default -> version.marker() ? "" : ofObject(field, version);
        };
    }

    private String ofObject(String field, Version version) {
        Content content = version.content();
        return switch (field) {
            case "Size" -> Long.toString(content.size());
            case "StorageClass" -> version.storageClass();
            case "ETag" -> content.etag();
            case "IsMultipartUploaded" -> Boolean.toString(content.isInParts());
            case "ReplicationStatus" -> version.extra().replication();
            case "EncryptionStatus" -> encryption(content.seal().orElse(Seal.MANAGED));
            case "ObjectLockRetainUntilDate" ->
                version.hold().mode().isEmpty() ? "" : time(version.hold().until());
            case "ObjectLockMode" -> version.hold().mode();
            case "ObjectLockLegalHoldStatus" ->
                version.hold().legal().isEmpty() ? "OFF" : version.hold().legal();
            case "IntelligentTieringAccessTier" ->
                version.storageClass().equals(Tiers.CLASS) ? tier.apply(version) : "";
            case "BucketKeyStatus" -> content.seal().filter(Seal::bucketKey).isPresent() ? "ENABLED" : "DISABLED";
            case "ChecksumAlgorithm" -> content.checksum().algorithm();
            case "ObjectAccessControlList" -> acl(version);
            default -> "";
        };
    }

    private static String encryption(Seal seal) {
        if (seal.isCustomers()) {
            return "SSE-C";
        }
        return switch (seal.algorithm()) {
            case Seal.KMS -> "SSE-KMS";
            case Seal.DSSE -> "DSSE-KMS";
            default -> "SSE-S3";
        };
    }

    private static String acl(Version version) {
        String json = StructJson.write(Guarding.aclOf(version));
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private String expiration(Version version) {
        return changes.expiry(bucket, version).map(expiry -> time(expiry.at())).orElse("");
    }

    private static String time(Instant at) {
        return TIME.format(at.atOffset(ZoneOffset.UTC));
    }
}
