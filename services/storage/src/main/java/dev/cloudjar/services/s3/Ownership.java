package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.model.AwsError.Code;
import java.util.List;

/// Who owns the objects of a bucket, and whether ACLs mean anything there.
final class Ownership {
    static final String ENFORCED = "BucketOwnerEnforced";
    static final String PREFERRED = "BucketOwnerPreferred";

    private static final Code NOT_SUPPORTED = Code.of("AccessControlListNotSupported", 400);
    private static final List<String> GRANTS =
            List.of("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP");
    /// What a bucket without ACLs takes all the same, for it says nothing.
    private static final List<String> HARMLESS = List.of("bucket-owner-full-control", "private");

    private Ownership() {}

    static String checked(String ownership) {
        if (!S3.ObjectOwnership.VALUES.contains(ownership)) {
            throw Refusals.argument(
                    "Invalid x-amz-object-ownership header: " + ownership, "x-amz-object-ownership", ownership);
        }
        return ownership;
    }

    /// Refuses to make a bucket with an ACL that its ownership leaves without meaning.
    static void checkAcl(String ownership, Asked in) {
        boolean wanted = in.filled("ACL").filter(acl -> !acl.equals("private")).isPresent() || grants(in);
        if (wanted && ownership.equals(ENFORCED)) {
            throw Refusals.of(
                    "InvalidBucketAclWithObjectOwnership",
                    400,
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
        }
    }

    /// Refuses a write with an ACL in a bucket that has none.
    static void checkWrite(OwnedBucket bucket, Asked in) {
        boolean told = in.filled("ACL").filter(acl -> !HARMLESS.contains(acl)).isPresent() || grants(in);
        if (told && bucket.isOwnerEnforced()) {
            throw NOT_SUPPORTED.because("The bucket does not allow ACLs");
        }
    }

    private static boolean grants(Asked in) {
        return GRANTS.stream().anyMatch(in::has);
    }

    static void checkAcls(OwnedBucket bucket) {
        if (bucket.isOwnerEnforced()) {
            throw NOT_SUPPORTED.because("The bucket does not allow ACLs");
        }
    }
}
