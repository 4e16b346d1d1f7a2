package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.services.s3.BucketDoor.Reach;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An access point as a request comes through it, be it one of a bucket, of a directory bucket or of many
/// regions: the bucket that it leads to now, and what it says of who may pass.
///
/// @param open which settings of Block Public Access it leaves off
/// @param lambda the Object Lambda access point before it by which the request came, if it did
record Door(
        Arn arn,
        String bucket,
        String policy,
        String vpc,
        List<String> open,
        Reach reach,
        Optional<ObjectLambda> lambda) {
    static final String RESTRICT = "RestrictPublicBuckets";
    static final String BLOCK_POLICY = "BlockPublicPolicy";
    static final List<String> SETTINGS = List.of("BlockPublicAcls", "IgnorePublicAcls", BLOCK_POLICY, RESTRICT);

    private static final String PREFIX = "accesspoint/";
    private static final String OBJECT = "/object/";

    /// What can be asked for through an access point.
    private static final Set<String> OPERATIONS = Set.of("""
            AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload CreateSession DeleteObject
            DeleteObjects DeleteObjectTagging GetBucketAcl GetBucketCors GetBucketLocation
            GetBucketNotificationConfiguration GetBucketPolicy GetObject GetObjectAcl GetObjectAttributes
            GetObjectLegalHold GetObjectRetention GetObjectTagging HeadBucket HeadObject ListMultipartUploads
            ListObjects ListObjectsV2 ListObjectVersions ListParts PutObject PutObjectAcl PutObjectLegalHold
            PutObjectRetention PutObjectTagging RestoreObject SelectObjectContent UploadPart UploadPartCopy
            """.split("\\s+"));

    /// Whether an ARN is of an access point or of an object in one.
    static boolean isIn(String resource) {
        return resource.startsWith(PREFIX);
    }

    /// The name in such a resource.
    static String name(String resource) {
        int end = resource.indexOf(OBJECT);
        return resource.substring(PREFIX.length(), end < 0 ? resource.length() : end);
    }

    static String resource(String name) {
        return PREFIX + name;
    }

    boolean lets(OperationSchema operation) {
        return OPERATIONS.contains(operation.name())
                && lambda.map(each -> ObjectLambda.lets(Actions.name(operation)))
                        .orElse(true);
    }

    /// The same, reached through an Object Lambda access point.
    Door behind(ObjectLambda before) {
        return new Door(arn, bucket, policy, vpc, open, reach, Optional.of(before));
    }

    /// Refuses what lies outside of what the access point reaches.
    void checkReach(String action, String key) {
        if (!reach.has(action.substring(action.indexOf(':') + 1), key)) {
            throw Refusals.denied();
        }
    }

    /// What a request that wants `access` wants when it comes through here: the same of the access point, and
    /// of the bucket behind it, which knows through what it comes. Identities know both by the access point's
    /// name.
    List<Access> joined(Access access, String key) {
        checkReach(access.action(), key);
        return around(access, arn + (key.isEmpty() ? "" : OBJECT + key));
    }

    /// The same where what is wanted has this name behind the access point.
    List<Access> around(Access access, String named) {
        String prefix = access.action().substring(0, access.action().indexOf(':'));
        Access through = Access.of(access.action(), named)
                .with(prefix + ":DataAccessPointArn", arn.toString())
                .with(prefix + ":DataAccessPointAccount", arn.account())
                .with(prefix + ":AccessPointNetworkOrigin", vpc.isEmpty() ? "Internet" : "VPC");
        List<Access> both = List.of(through, through.behind(access.resource()));
        return lambda.map(each -> each.joined(both)).orElse(both);
    }
}
