package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The IAM actions that S3's operations want, which seldom have the operations' names.
final class Actions {
    private static final String PUT_OBJECT = "PutObject";

    /// An action a line, and the operations that want it.
    private static final String NAMES = """
            ListBucket HeadBucket ListObjects ListObjectsV2
            PutObject CopyObject CreateMultipartUpload UploadPart UploadPartCopy CompleteMultipartUpload
            GetObject HeadObject SelectObjectContent
            ListBucketVersions ListObjectVersions
            ListAllMyBuckets ListBuckets
            ListMultipartUploadParts ListParts
            ListBucketMultipartUploads ListMultipartUploads
            GetBucketNotification GetBucketNotificationConfiguration
            PutBucketNotification PutBucketNotificationConfiguration
            GetBucketPublicAccessBlock GetPublicAccessBlock
            PutBucketPublicAccessBlock PutPublicAccessBlock DeletePublicAccessBlock
            GetBucketObjectLockConfiguration GetObjectLockConfiguration
            PutBucketObjectLockConfiguration PutObjectLockConfiguration
            PutBucketTagging DeleteBucketTagging
            PutBucketOwnershipControls DeleteBucketOwnershipControls
            GetBucketCORS GetBucketCors
            PutBucketCORS PutBucketCors DeleteBucketCors
            GetEncryptionConfiguration GetBucketEncryption
            PutEncryptionConfiguration PutBucketEncryption DeleteBucketEncryption
            GetReplicationConfiguration GetBucketReplication
            PutReplicationConfiguration PutBucketReplication DeleteBucketReplication
            GetLifecycleConfiguration GetBucketLifecycleConfiguration
            PutLifecycleConfiguration PutBucketLifecycleConfiguration DeleteBucketLifecycle
            GetAccelerateConfiguration GetBucketAccelerateConfiguration
            PutAccelerateConfiguration PutBucketAccelerateConfiguration
            GetInventoryConfiguration GetBucketInventoryConfiguration ListBucketInventoryConfigurations
            PutInventoryConfiguration PutBucketInventoryConfiguration DeleteBucketInventoryConfiguration
            GetAnalyticsConfiguration GetBucketAnalyticsConfiguration ListBucketAnalyticsConfigurations
            PutAnalyticsConfiguration PutBucketAnalyticsConfiguration DeleteBucketAnalyticsConfiguration
            GetMetricsConfiguration GetBucketMetricsConfiguration ListBucketMetricsConfigurations
            PutMetricsConfiguration PutBucketMetricsConfiguration DeleteBucketMetricsConfiguration
            GetIntelligentTieringConfiguration GetBucketIntelligentTieringConfiguration
            GetIntelligentTieringConfiguration ListBucketIntelligentTieringConfigurations
            PutIntelligentTieringConfiguration PutBucketIntelligentTieringConfiguration
            PutIntelligentTieringConfiguration DeleteBucketIntelligentTieringConfiguration
            """;

    /// Operations whose action is another's; what stands here for none is the action of the same name.
    private static final Map<String, String> ACTIONS = Dictionary.of(NAMES);

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

    /// All that an operation wants: its own action, and those for what a write brings along or is copied from.
    static List<Access> wanted(OperationSchema operation, Struct input) {
        var in = new Asked(input);
        String name = name(operation);
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

    /// The action that an operation is known by, where no version is asked for by its id.
    static String name(OperationSchema operation) {
        return ACTIONS.getOrDefault(operation.name(), operation.name());
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
