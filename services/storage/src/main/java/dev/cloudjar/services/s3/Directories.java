package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Directory buckets, which lie in one zone: listed, opened for a session, and their objects renamed.
final class Directories implements S3 {
    private static final String SUFFIX = "--x-s3";
    private static final String FORM = "[a-z0-9][a-z0-9-]*[a-z0-9]--[a-z0-9]+(-[a-z0-9]+)+--x-s3";
    private static final Set<String> OPERATIONS = Set.of("""
            CreateBucket DeleteBucket HeadBucket CreateSession ListDirectoryBuckets
            GetBucketPolicy PutBucketPolicy DeleteBucketPolicy
            GetBucketEncryption PutBucketEncryption DeleteBucketEncryption
            GetBucketLifecycleConfiguration PutBucketLifecycleConfiguration DeleteBucketLifecycle
            GetBucketInventoryConfiguration PutBucketInventoryConfiguration
            DeleteBucketInventoryConfiguration ListBucketInventoryConfigurations
            GetBucketMetricsConfiguration PutBucketMetricsConfiguration
            DeleteBucketMetricsConfiguration ListBucketMetricsConfigurations
            GetObject HeadObject PutObject DeleteObject DeleteObjects CopyObject RenameObject
            GetObjectAttributes ListObjectsV2 CreateMultipartUpload UploadPart UploadPartCopy
            CompleteMultipartUpload AbortMultipartUpload ListParts ListMultipartUploads
            """.split("\\s+"));
    private static final Set<String> MEMBERS = Set.of("""
            ACL GrantFullControl GrantRead GrantReadACP GrantWriteACP Tagging TaggingDirective ObjectLockMode
            ObjectLockRetainUntilDate ObjectLockLegalHoldStatus WebsiteRedirectLocation SSECustomerAlgorithm
            VersionId MFA RequestPayer
            """.split("\\s+"));
    private static final Duration SESSION = Duration.ofMinutes(5);
    private static final int MOST = 1000;

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;

    Directories(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
    }

    static boolean isName(String bucket) {
        return bucket.endsWith(SUFFIX);
    }

    /// The zone in the name of a directory bucket, such as `use1-az4`.
    static String zone(String bucket) {
        String stem = bucket.substring(0, bucket.length() - SUFFIX.length());
        return stem.substring(stem.lastIndexOf("--") + 2);
    }

    /// Holds a new directory bucket to its rules: its name tells the zone that its configuration asks for.
    static void check(CreateBucketRequest in) {
        Optional<CreateBucketConfiguration> wanted = in.createBucketConfiguration();
        Optional<LocationInfo> location = wanted.flatMap(CreateBucketConfiguration::location);
        String name = in.bucket();
        boolean fits = isTyped(in)
                && name.length() <= 63
                && name.matches(FORM)
                && location.flatMap(LocationInfo::name)
                        .filter(zone(name)::equals)
                        .isPresent();
        if (!fits) {
            throw BucketName.invalid(name);
        }
        if (location.flatMap(LocationInfo::type).isEmpty()) {
            throw Refusals.malformedXml();
        }
    }

    /// Whether a directory bucket is asked for, whatever its name.
    static boolean isTyped(CreateBucketRequest in) {
        return in.createBucketConfiguration()
                .flatMap(CreateBucketConfiguration::bucket)
                .flatMap(BucketInfo::type)
                .isPresent();
    }

    /// Refuses what directory buckets do not have, be it an operation or a header of one.
    static void checkUse(OperationSchema operation, Struct input) {
        if (!OPERATIONS.contains(operation.name())) {
            throw Details.of("Method", operation.http().method())
                    .and("ResourceType", "BUCKET")
                    .refuse(Refusals.METHOD_NOT_ALLOWED, "The specified method is not allowed against this resource.");
        }
        for (String name : MEMBERS) {
            operation
                    .input()
                    .member(name)
                    .filter(member -> input.get(member) != null)
                    .ifPresent(member -> {
                        throw Details.of("Header", member.wireName())
                                .refuse(
                                        Code.of("NotImplemented", 501),
                                        "A header you provided implies functionality that is not implemented");
                    });
        }
    }

    private static OwnedBucket checked(OwnedBucket bucket) {
        if (!isName(bucket.name())) {
            throw Refusals.request("The requested operation is supported only for directory buckets.");
        }
        return bucket;
    }

    @Override
    public ListDirectoryBucketsOutput listDirectoryBuckets(ListDirectoryBucketsRequest in) {
        int most = in.maxDirectoryBuckets().orElse(MOST);
        String after = in.continuationToken()
                .map(token -> kernel.tokens()
                        .open("ListDirectoryBuckets", token)
                        .orElseThrow(() -> Refusals.argument(
                                "The continuation token provided is incorrect", "continuation-token", token)))
                .orElse("");
        List<OwnedBucket> rest = buckets.owned(after)
                .filter(bucket -> isName(bucket.name())
                        && bucket.region().equals(Call.current().region()))
                .limit(most + 1L)
                .toList();
        List<OwnedBucket> page = rest.subList(0, Math.min(most, rest.size()));
        Optional<String> next = rest.size() > most
                ? Optional.of(kernel.tokens()
                        .seal("ListDirectoryBuckets", page.getLast().name()))
                : Optional.empty();
        return new ListDirectoryBucketsOutput()
                .buckets(page.stream()
                        .map(bucket -> new S3.Bucket()
                                .name(bucket.name())
                                .creationDate(bucket.created())
                                .bucketRegion(bucket.region())
                                .bucketArn("arn:aws:s3express:" + bucket.region() + ':' + bucket.owner() + ":bucket/"
                                        + bucket.name()))
                        .toList())
                .continuationToken(next);
    }

    /// Credentials for the bucket. A root's are recognised by its account, as its own are.
    @Override
    public CreateSessionOutput createSession(CreateSessionRequest in) {
        OwnedBucket bucket = checked(buckets.of(new Asked(in)));
        Principal caller = Call.current().principal();
        if (in.sessionMode().filter(mode -> !SessionMode.VALUES.contains(mode)).isPresent()) {
            throw Refusals.argument(
                    "Invalid session mode",
                    "x-amz-create-session-mode",
                    in.sessionMode().get());
        }
        var out = new CreateSessionOutput().serverSideEncryption(Seal.AES256);
        Instant until = kernel.time().now().plus(SESSION).truncatedTo(ChronoUnit.SECONDS);
        if (caller.kind() == Principal.Kind.ROOT) {
            return out.credentials(new SessionCredentials()
                    .accessKeyId(caller.account())
                    .secretAccessKey(kernel.ids().hex("", 40))
                    .sessionToken(kernel.ids().hex("", 160))
                    .expiration(until));
        }
        var issued =
                DirectoryAccess.session(kernel, caller, bucket, in.sessionMode().orElse(SessionMode.READ_WRITE), until);
        return out.credentials(new SessionCredentials()
                .accessKeyId(issued.accessKeyId())
                .secretAccessKey(issued.secret())
                .sessionToken(issued.token())
                .expiration(issued.expires()));
    }

    @Override
    public RenameObjectOutput renameObject(RenameObjectRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = checked(buckets.of(asked));
        String source = Source.decoded(in.renameSource());
        String bare = source.startsWith("/") ? source.substring(1) : source;
        String from = bare.startsWith(bucket.name() + '/')
                ? bare.substring(bucket.name().length() + 1)
                : bare;
        if (from.endsWith("/") || in.key().endsWith("/")) {
            throw Refusals.request("Objects whose keys end with a slash cannot be renamed.");
        }
        Version old = objects.get(bucket, from, Optional.empty(), "PUT");
        Optional<Version> there = objects.current(bucket, in.key());
        new Conditions(asked, "Source").checkRead(old);
        conditions(asked).checkWrite(in.key(), there);
        objects.rename(bucket, old, in.key());
        return new RenameObjectOutput();
    }

    private static Conditions conditions(Asked in) {
        return Conditions.of(new Asked(new PutObjectRequest()
                .ifMatch(in.text("DestinationIfMatch"))
                .ifNoneMatch(in.text("DestinationIfNoneMatch"))));
    }
}
