package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.util.List;
import java.util.Optional;

/// Who may use a bucket and its objects: policies, access control lists, ownership, and the block of all that
/// is public.
final class Guarding implements S3 {
    static final String POLICY = "policy";

    private final Kernel kernel;
    private final Configured configured;
    private final Buckets buckets;
    private final Objects objects;
    private final Documents documents;
    private final AccountBlocks blocks;
    private final Changes changes;

    Guarding(Parts parts, Configured configured) {
        this.configured = configured;
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.documents = parts.documents();
        this.kernel = parts.kernel();
        this.changes = parts.changes();
        this.blocks = new AccountBlocks(parts.kernel(), documents);
    }

    @Override
    public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest in) {
        configured.put(in, Configurations.PUBLIC_ACCESS, whole(in.publicAccessBlockConfiguration()));
        return new PutPublicAccessBlockResponse();
    }

    /// What is not said is not blocked.
    private static PublicAccessBlockConfiguration whole(PublicAccessBlockConfiguration block) {
        return new PublicAccessBlockConfiguration()
                .blockPublicAcls(block.blockPublicAcls().orElse(false))
                .ignorePublicAcls(block.ignorePublicAcls().orElse(false))
                .blockPublicPolicy(block.blockPublicPolicy().orElse(false))
                .restrictPublicBuckets(block.restrictPublicBuckets().orElse(false));
    }

    @Override
    public GetPublicAccessBlockOutput getPublicAccessBlock(GetPublicAccessBlockRequest in) {
        return new GetPublicAccessBlockOutput()
                .publicAccessBlockConfiguration(configured.get(
                        in,
                        Configurations.PUBLIC_ACCESS,
                        new PublicAccessBlockConfiguration(),
                        Configured.missing(
                                "NoSuchPublicAccessBlockConfiguration",
                                "The public access block configuration was not found")));
    }

    @Override
    public DeletePublicAccessBlockResponse deletePublicAccessBlock(DeletePublicAccessBlockRequest in) {
        configured.delete(in, Configurations.PUBLIC_ACCESS);
        return new DeletePublicAccessBlockResponse();
    }

    PublicAccessBlockConfiguration blocked(OwnedBucket bucket) {
        return blocks.of(bucket);
    }

    @Override
    public PutBucketOwnershipControlsResponse putBucketOwnershipControls(PutBucketOwnershipControlsRequest in) {
        List<OwnershipControlsRule> rules = in.ownershipControls().rules();
        if (rules.size() != 1) {
            throw Refusals.malformedXml();
        }
        OwnedBucket bucket = configured.bucket(in);
        String ownership = rules.getFirst().objectOwnership();
        boolean shared = acl(bucket).grants().size() > 1;
        if (ownership.equals(Ownership.ENFORCED) && shared) {
            throw Refusals.of(
                    "InvalidBucketAclWithObjectOwnership",
                    400,
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
        }
        own(bucket, ownership);
        return new PutBucketOwnershipControlsResponse();
    }

    private void own(OwnedBucket bucket, String ownership) {
        buckets.change(bucket, b -> b.keeping(b.keeping().owned(ownership)));
    }

    @Override
    public GetBucketOwnershipControlsOutput getBucketOwnershipControls(GetBucketOwnershipControlsRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        String ownership = bucket.keeping().ownership();
        if (ownership.isEmpty()) {
            throw Refusals.noConfiguration(
                    "OwnershipControlsNotFoundError", "The bucket ownership controls were not found", bucket.name());
        }
        return new GetBucketOwnershipControlsOutput()
                .ownershipControls(
                        new OwnershipControls().rules(List.of(new OwnershipControlsRule().objectOwnership(ownership))));
    }

    @Override
    public DeleteBucketOwnershipControlsResponse deleteBucketOwnershipControls(
            DeleteBucketOwnershipControlsRequest in) {
        own(configured.bucket(in), "");
        return new DeleteBucketOwnershipControlsResponse();
    }

    @Override
    public PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        BucketPolicy policy = BucketPolicy.checked(bucket, in.policy());
        if (policy.isPublic() && blocked(bucket).blockPublicPolicy().orElse(false)) {
            throw Refusals.ACCESS_DENIED.because(
                    "User: %s is not authorized to perform: s3:PutBucketPolicy on resource: \"%s\" because public policies"
                            + " are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
                    dev.cloudjar.kernel.Call.current().principal().arn(), bucket.arn());
        }
        configured.put(in, POLICY, new GetBucketPolicyOutput().policy(kept(in.policy())));
        return new PutBucketPolicyResponse();
    }

    @Override
    public GetBucketPolicyOutput getBucketPolicy(GetBucketPolicyRequest in) {
        GetBucketPolicyOutput kept = configured.get(in, POLICY, new GetBucketPolicyOutput(), noPolicy());
        return kept.policy(kept.policy().map(kernel::shown));
    }

    private String kept(String policy) {
        return kernel.kept(policy, _ -> Refusals.of("MalformedPolicy", 400, "Invalid principal in policy"));
    }

    private static java.util.function.Function<String, dev.cloudjar.model.AwsError> noPolicy() {
        return Configured.missing("NoSuchBucketPolicy", "The bucket policy does not exist");
    }

    @Override
    public DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest in) {
        configured.delete(in, POLICY);
        return new DeleteBucketPolicyResponse();
    }

    @Override
    public GetBucketPolicyStatusOutput getBucketPolicyStatus(GetBucketPolicyStatusRequest in) {
        String policy = configured
                .get(in, POLICY, new GetBucketPolicyOutput(), noPolicy())
                .policy()
                .orElse("");
        return new GetBucketPolicyStatusOutput()
                .policyStatus(
                        new PolicyStatus().isPublic(BucketPolicy.read(policy).isPublic()));
    }

    AccessControlPolicy acl(OwnedBucket bucket) {
        return documents
                .find(bucket, Acl.DOCUMENT, new AccessControlPolicy())
                .orElseGet(() -> Acl.ofOwner(bucket.owner()));
    }

    @Override
    public GetBucketAclOutput getBucketAcl(GetBucketAclRequest in) {
        return GetBucketAclOutput.from(acl(configured.bucket(in)));
    }

    @Override
    public PutBucketAclResponse putBucketAcl(PutBucketAclRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        AccessControlPolicy acl = wanted(new Asked(in), in.accessControlPolicy(), bucket.owner(), bucket);
        boolean plain = acl.equals(Acl.ofOwner(bucket.owner()));
        if (bucket.isOwnerEnforced() && !plain) {
            Ownership.checkAcls(bucket);
        }
        checkPublic(acl, bucket);
        configured.put(in, Acl.DOCUMENT, acl);
        return new PutBucketAclResponse();
    }

    private static AccessControlPolicy wanted(
            Asked in, Optional<AccessControlPolicy> document, String owner, OwnedBucket bucket) {
        Optional<AccessControlPolicy> asked = Acl.asked(in, owner, bucket.owner());
        if (document.isPresent() && asked.isPresent()) {
            throw Details.of("BucketName", bucket.name())
                    .refuse(Code.of("UnexpectedContent", 400), "This request does not support content");
        }
        if (document.isEmpty() && asked.isEmpty()) {
            throw Details.of("MissingHeaderName", "x-amz-acl")
                    .refuse(Code.of("MissingSecurityHeader", 400), "Your request was missing a required header");
        }
        return asked.orElseGet(() -> Acl.checked(document.orElseThrow(), owner));
    }

    private void checkPublic(AccessControlPolicy acl, OwnedBucket bucket) {
        if (Acl.isPublic(acl) && blocked(bucket).blockPublicAcls().orElse(false)) {
            throw Refusals.denied();
        }
    }

    @Override
    public GetObjectAclOutput getObjectAcl(GetObjectAclRequest in) {
        Version version = objects.get(configured.bucket(in), in.key(), in.versionId(), "GET");
        return GetObjectAclOutput.from(aclOf(version));
    }

    static AccessControlPolicy aclOf(Version version) {
        String acl = version.extra().acl();
        return acl.isEmpty() ? Acl.ofOwner(version.origin().owner()) : StructJson.read(acl, new AccessControlPolicy());
    }

    @Override
    public PutObjectAclOutput putObjectAcl(PutObjectAclRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        Version version = objects.get(bucket, in.key(), in.versionId(), "PUT");
        AccessControlPolicy acl =
                wanted(new Asked(in), in.accessControlPolicy(), version.origin().owner(), bucket);
        boolean canned = in.acl().filter("bucket-owner-full-control"::equals).isPresent();
        if (!canned && !acl.equals(Acl.ofOwner(bucket.owner()))) {
            Ownership.checkAcls(bucket);
        }
        checkPublic(acl, bucket);
        Version changed = objects.change(version.with(version.extra().acl(StructJson.write(acl))));
        changes.changed(bucket, changed, "ObjectAcl:Put");
        return new PutObjectAclOutput();
    }
}
