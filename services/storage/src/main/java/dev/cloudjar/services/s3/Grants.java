package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.AccessControlPolicy;
import dev.cloudjar.api.S3.GetBucketPolicyOutput;
import dev.cloudjar.api.S3.Grant;
import dev.cloudjar.api.S3.Grantee;
import dev.cloudjar.api.S3.PublicAccessBlockConfiguration;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that opens a bucket or an object to somebody, as the one policy by which it is judged: the bucket's
/// policy and the access control lists, without what Block Public Access takes away.
final class Grants {
    private static final Map<String, List<String>> OF_BUCKETS = Map.of(
            "READ", List.of("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"),
            "WRITE", List.of("s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload"),
            "READ_ACP", List.of("s3:GetBucketAcl"),
            "WRITE_ACP", List.of("s3:PutBucketAcl"));
    private static final Map<String, List<String>> OF_OBJECTS = Map.of(
            "READ", List.of("s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTorrent"),
            "READ_ACP", List.of("s3:GetObjectAcl", "s3:GetObjectVersionAcl"),
            "WRITE_ACP", List.of("s3:PutObjectAcl", "s3:PutObjectVersionAcl"));

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Documents documents;
    private final AccountBlocks blocks;

    Grants(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.documents = parts.documents();
        this.blocks = new AccountBlocks(kernel, documents);
    }

    /// The policy of a bucket, of an object with its bucket's, or of an access point; nothing where it has none.
    Optional<String> policy(Arn arn) {
        String resource = arn.resource();
        if (Door.isIn(resource)) {
            return buckets.doors()
                    .find(arn)
                    .flatMap(door -> door.lambda().map(this::policy).orElseGet(() -> policy(door)));
        }
        Optional<String> directory = DirectoryAccess.bucket(arn);
        return directory.isPresent() ? policy(directory.get()) : policy(resource);
    }

    private Optional<String> policy(String resource) {
        return kernel.transact(() -> {
            int slash = resource.indexOf('/');
            Optional<OwnedBucket> bucket = buckets.find(slash < 0 ? resource : resource.substring(0, slash));
            return bucket.flatMap(b -> policy(b, slash < 0 ? "" : resource.substring(slash + 1)));
        });
    }

    private Optional<String> policy(ObjectLambda lambda) {
        String policy = lambda.door().policy();
        return policy.isEmpty()
                ? Optional.empty()
                : written(saying(policy, lambda.arn().account(), true));
    }

    private Optional<String> policy(Door door) {
        String owner = door.arn().account();
        boolean restricting = !door.open().contains(Door.RESTRICT)
                || blocks.find(owner)
                        .filter(AccountBlocks.Settings::restrictPublicBuckets)
                        .isPresent();
        return door.policy().isEmpty() ? Optional.empty() : written(saying(door.policy(), owner, restricting));
    }

    private Optional<String> policy(OwnedBucket bucket, String key) {
        PublicAccessBlockConfiguration block = blocks.of(bucket);
        List<Object> statements = new ArrayList<>(ofPolicy(bucket, block));
        if (!bucket.isOwnerEnforced()) {
            boolean ignoring = block.ignorePublicAcls().orElse(false);
            documents
                    .find(bucket, Acl.DOCUMENT, new AccessControlPolicy())
                    .ifPresent(acl -> add(acl, OF_BUCKETS, ignoring, statements));
            Optional<Version> version = key.isEmpty() ? Optional.empty() : objects.current(bucket, key);
            version.map(Guarding::aclOf).ifPresent(acl -> add(acl, OF_OBJECTS, ignoring, statements));
        }
        return written(statements);
    }

    private static Optional<String> written(List<Object> statements) {
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("Version", "2012-10-17");
        whole.put("Statement", statements);
        return Optional.of(Json.write(whole));
    }

    private List<Object> ofPolicy(OwnedBucket bucket, PublicAccessBlockConfiguration block) {
        String text = documents
                .find(bucket, Guarding.POLICY, new GetBucketPolicyOutput())
                .flatMap(GetBucketPolicyOutput::policy)
                .orElse("");
        return text.isEmpty()
                ? List.of()
                : saying(text, bucket.owner(), block.restrictPublicBuckets().orElse(false));
    }

    /// A public policy that is restricted says nothing to other accounts than the owner's.
    private static List<Object> saying(String text, String owner, boolean restricting) {
        BucketPolicy policy = BucketPolicy.read(text);
        boolean stranger = !Call.current().principal().account().equals(owner);
        boolean restricted = restricting && policy.isPublic();
        return policy.statements().stream()
                .filter(statement -> !(stranger && restricted && "Allow".equals(statement.get("Effect"))))
                .<Object>map(statement -> statement)
                .toList();
    }

    private static void add(
            AccessControlPolicy acl, Map<String, List<String>> actions, boolean ignoring, List<Object> statements) {
        for (Grant grant : acl.grants()) {
            Optional<Object> principal = grant.grantee().flatMap(grantee -> principal(grantee, ignoring));
            String permission = grant.permission().orElse("");
            List<String> allowed = permission.equals(Acl.FULL_CONTROL)
                    ? actions.values().stream().flatMap(List::stream).sorted().toList()
                    : actions.getOrDefault(permission, List.of());
            if (principal.isPresent() && !allowed.isEmpty()) {
                Map<String, Object> statement = new LinkedHashMap<>();
                statement.put("Effect", "Allow");
                statement.put("Principal", principal.get());
                statement.put("Action", allowed);
                statement.put("Resource", "*");
                if (grant.grantee()
                        .flatMap(Grantee::uri)
                        .filter(Acl.AUTHENTICATED::equals)
                        .isPresent()) {
                    statement.put("Condition", Map.of("StringNotEquals", Map.of("aws:PrincipalType", "Anonymous")));
                }
                statements.add(statement);
            }
        }
    }

    private static Optional<Object> principal(Grantee grantee, boolean ignoring) {
        if (grantee.id().isPresent()) {
            return Optional.of(Map.of("CanonicalUser", grantee.id().get()));
        }
        if (grantee.uri().filter(Acl.LOG_DELIVERY::equals).isPresent()) {
            return Optional.of(Map.of("Service", AccessLog.SERVICE));
        }
        boolean everybody = grantee.uri()
                .filter(uri -> uri.equals(Acl.ALL_USERS) || uri.equals(Acl.AUTHENTICATED))
                .isPresent();
        return everybody && !ignoring ? Optional.of("*") : Optional.empty();
    }
}
