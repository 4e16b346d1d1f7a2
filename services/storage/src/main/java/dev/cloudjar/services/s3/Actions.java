package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The IAM actions that S3's operations want, which seldom have the operations' names.
final class Actions {
    private static final String PUT_OBJECT = "PutObject";

    /// Operations whose action is another's; what stands here for none is the action of the same name.
    private static final Map<String, String> ACTIONS = actions();

    /// Actions on a version by its id are other actions.
    private static final Map<String, String> OF_VERSIONS = Map.ofEntries(
            Map.entry("GetObject", "GetObjectVersion"),
            Map.entry("DeleteObject", "DeleteObjectVersion"),
            Map.entry("GetObjectAcl", "GetObjectVersionAcl"),
            Map.entry("PutObjectAcl", "PutObjectVersionAcl"),
            Map.entry("GetObjectTagging", "GetObjectVersionTagging"),
            Map.entry("PutObjectTagging", "PutObjectVersionTagging"),
            Map.entry("DeleteObjectTagging", "DeleteObjectVersionTagging"),
            Map.entry("GetObjectAttributes", "GetObjectVersionAttributes"),
            Map.entry("GetObjectTorrent", "GetObjectVersionTorrent"));

    private static final Set<String> GRANTS =
            Set.of("ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP");

    private Actions() {}

    private static Map<String, String> actions() {
        Map<String, String> all = new HashMap<>();
        for (String operation : List.of("HeadBucket", "ListObjects", "ListObjectsV2")) {
            all.put(operation, "ListBucket");
        }
        for (String operation : List.of(
                "CopyObject", "CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload")) {
            all.put(operation, PUT_OBJECT);
        }
        all.put("HeadObject", "GetObject");
        all.put("SelectObjectContent", "GetObject");
        all.put("ListObjectVersions", "ListBucketVersions");
        all.put("ListBuckets", "ListAllMyBuckets");
        all.put("ListDirectoryBuckets", "ListAllMyDirectoryBuckets");
        all.put("ListParts", "ListMultipartUploadParts");
        all.put("ListMultipartUploads", "ListBucketMultipartUploads");
        all.put("GetBucketNotificationConfiguration", "GetBucketNotification");
        all.put("PutBucketNotificationConfiguration", "PutBucketNotification");
        all.put("GetPublicAccessBlock", "GetBucketPublicAccessBlock");
        all.put("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration");
        all.put("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration");
        all.put("DeleteBucketTagging", "PutBucketTagging");
        all.put("DeleteBucketOwnershipControls", "PutBucketOwnershipControls");
        for (String change : List.of("Put", "Delete")) {
            all.put(change + "PublicAccessBlock", "PutBucketPublicAccessBlock");
            all.put(change + "BucketCors", "PutBucketCORS");
            all.put(change + "BucketEncryption", "PutEncryptionConfiguration");
            all.put(change + "BucketReplication", "PutReplicationConfiguration");
            all.put(change + "BucketInventoryConfiguration", "PutInventoryConfiguration");
            all.put(change + "BucketAnalyticsConfiguration", "PutAnalyticsConfiguration");
            all.put(change + "BucketMetricsConfiguration", "PutMetricsConfiguration");
            all.put(change + "BucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration");
        }
        all.put("GetBucketCors", "GetBucketCORS");
        all.put("GetBucketEncryption", "GetEncryptionConfiguration");
        all.put("GetBucketReplication", "GetReplicationConfiguration");
        all.put("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration");
        all.put("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration");
        all.put("DeleteBucketLifecycle", "PutLifecycleConfiguration");
        all.put("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration");
        all.put("PutBucketAccelerateConfiguration", "PutAccelerateConfiguration");
        for (String several : List.of("Inventory", "Analytics", "Metrics", "IntelligentTiering")) {
            all.put("GetBucket" + several + "Configuration", "Get" + several + "Configuration");
            all.put("ListBucket" + several + "Configurations", "Get" + several + "Configuration");
        }
        return Map.copyOf(all);
    }

    /// All that an operation wants: its own action, and those for what a write brings along or is copied from.
    static List<Access> wanted(OperationSchema operation, Struct input) {
        var in = new Asked(input);
        String name = ACTIONS.getOrDefault(operation.name(), operation.name());
        String resource = resource(in);
        String action = in.filled("VersionId").isPresent() ? OF_VERSIONS.getOrDefault(name, name) : name;
        List<Access> all = new ArrayList<>();
        if (operation.name().equals("DeleteObjects")) {
            return all;
        }
        all.add(access(action, resource));
        if (name.equals(PUT_OBJECT)) {
            writing(in, resource, all);
        }
        if (in.has("CopySource")) {
            Source source = Source.of(in);
            String reading = source.version().isPresent() ? "GetObjectVersion" : "GetObject";
            all.add(access(reading, "arn:aws:s3:::" + source.bucket() + '/' + source.key()));
        }
        if (in.flag("BypassGovernanceRetention")) {
            all.add(access("BypassGovernanceRetention", resource));
        }
        return all;
    }

    private static void writing(Asked in, String resource, List<Access> all) {
        if (GRANTS.stream().anyMatch(in::has)) {
            all.add(access("PutObjectAcl", resource));
        }
        if (in.filled("Tagging").isPresent()) {
            all.add(access("PutObjectTagging", resource));
        }
        if (in.has("ObjectLockMode")) {
            all.add(access("PutObjectRetention", resource));
        }
        if (in.has("ObjectLockLegalHoldStatus")) {
            all.add(access("PutObjectLegalHold", resource));
        }
    }

    private static String resource(Asked in) {
        Optional<String> bucket = in.filled("Bucket");
        return bucket.map(name -> "arn:aws:s3:::" + name
                        + in.text("Key").map(key -> '/' + key).orElse(""))
                .orElse("*");
    }

    static Access access(String action, String resource) {
        return Access.of("s3:" + action, resource);
    }
}
