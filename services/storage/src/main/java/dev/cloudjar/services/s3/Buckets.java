package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Buckets themselves: made, found, listed and deleted. Their names are everybody's, the list is an account's
/// own.
final class Buckets implements S3 {
    /// A bucket in the list of its owner.
    record Listed(String key) implements Row<String> {}

    private static final String FIRST_REGION = "us-east-1";
    private static final int MOST = 10_000;

    private final Kernel kernel;
    private final Table<String, OwnedBucket> buckets;
    private final Table<String, Listed> owned;
    private final Doors doors;
    private final Objects objects;
    private final Documents documents;

    Buckets(Kernel kernel, Objects objects, Documents documents) {
        this.kernel = kernel;
        this.buckets = kernel.table(OwnedBucket.class, Scope.WORLD);
        this.owned = kernel.table(Listed.class, Scope.ACCOUNT);
        this.doors = new Doors(kernel);
        this.objects = objects;
        this.documents = documents;
    }

    /// The ways to buckets by other names than their own.
    Doors doors() {
        return doors;
    }

    /// The bucket of this name, or to which the access point of this name leads.
    Optional<OwnedBucket> find(String name) {
        return kernel.transact(
                () -> buckets.find(doors.find(name).map(Door::bucket).orElse(name)));
    }

    /// Refuses who may not do this to a key of what clients call `name`, or to the whole where the key is
    /// empty. What is in directory buckets is their sessions' affair.
    void require(String action, String name, String key) {
        boolean directory =
                find(name).filter(bucket -> Directories.isName(bucket.name())).isPresent();
        if (directory) {
            doors.find(name).ifPresent(door -> door.checkReach("s3:" + action, key));
        } else {
            Access access = Actions.access(action, "arn:aws:s3:::" + name + (key.isEmpty() ? "" : '/' + key));
            doors.joined(access).forEach(kernel::require);
        }
    }

    /// The bucket that an input names, if it is there and belongs to whom the client believes.
    OwnedBucket of(Asked in) {
        return of(in.bucket(), in.filled("ExpectedBucketOwner"));
    }

    OwnedBucket of(String name, Optional<String> expectedOwner) {
        OwnedBucket bucket = find(name).orElseThrow(() -> Refusals.noSuchBucket(name));
        if (expectedOwner.filter(owner -> !owner.equals(bucket.owner())).isPresent()) {
            throw Refusals.denied();
        }
        return bucket;
    }

    OwnedBucket change(OwnedBucket bucket, UnaryOperator<OwnedBucket> change) {
        return buckets.update(bucket.name(), change).orElseThrow(() -> Refusals.noSuchBucket(bucket.name()));
    }

    @Override
    public CreateBucketOutput createBucket(CreateBucketRequest in) {
        String name = in.bucket();
        Call call = Call.current();
        String region = region(in, call);
        String ownership = Ownership.checked(in.objectOwnership().orElse(Ownership.ENFORCED));
        Ownership.checkAcl(ownership, new Asked(in));
        Map<String, String> tags =
                Tags.checked(in.createBucketConfiguration().map(c -> c.tags()).orElse(List.of()), Tags.MOST_OF_BUCKET);
        Optional<OwnedBucket> there = find(name);
        if (there.isEmpty()) {
            boolean lock = in.objectLockEnabledForBucket().orElse(false);
            var keeping = new OwnedBucket.Keeping(lock ? OwnedBucket.ENABLED : "", lock, ownership, "");
            var bucket = new OwnedBucket(
                    name,
                    call.account(),
                    region,
                    kernel.time().now().truncatedTo(ChronoUnit.SECONDS),
                    keeping,
                    List.of());
            buckets.put(bucket);
            owned.put(new Listed(name));
            configure(bucket, in, tags);
        } else {
            checkMine(there.get(), call);
        }
        String location = region.equals(FIRST_REGION) ? "/" + name : "http://" + name + ".s3.amazonaws.com/";
        return new CreateBucketOutput().location(location).bucketArn("arn:aws:s3:::" + name);
    }

    private void configure(OwnedBucket bucket, CreateBucketRequest in, Map<String, String> tags) {
        documents.put(bucket, Configurations.PUBLIC_ACCESS, "", Configured.blockingAll());
        change(bucket, b -> b.with(Configurations.PUBLIC_ACCESS));
        if (!tags.isEmpty()) {
            documents.put(bucket, "tagging", "", new S3.Tagging().tagSet(Tags.set(tags)));
            change(bucket, b -> b.with("tagging"));
        }
        Acl.asked(new Asked(in), bucket.owner(), bucket.owner()).ifPresent(acl -> {
            documents.put(bucket, Acl.DOCUMENT, "", acl);
            change(bucket, b -> b.with(Acl.DOCUMENT));
        });
    }

    private static void checkMine(OwnedBucket there, Call call) {
        if (!there.owner().equals(call.account())) {
            throw Details.of("BucketName", there.name())
                    .refuse(
                            Code.of("BucketAlreadyExists", 409),
                            "The requested bucket name is not available. The bucket namespace is shared by all users of"
                                    + " the system. Please select a different name and try again.");
        }
        if (!there.region().equals(FIRST_REGION) || !call.region().equals(FIRST_REGION)) {
            throw Details.of("BucketName", there.name())
                    .refuse(
                            Code.of("BucketAlreadyOwnedByYou", 409),
                            "Your previous request to create the named bucket succeeded and you already own it.");
        }
    }

    /// Where a new bucket is to lie, once its name is found to be one.
    private static String region(CreateBucketRequest in, Call call) {
        if (Directories.isName(in.bucket()) || Directories.isTyped(in)) {
            Directories.check(in);
            return call.region();
        }
        BucketName.check(in.bucket());
        return region(in.createBucketConfiguration().flatMap(c -> c.locationConstraint()), call.region());
    }

    private static String region(Optional<String> constraint, String endpoint) {
        String asked = constraint.orElse("");
        if (asked.isEmpty() && !endpoint.equals(FIRST_REGION)) {
            throw illegalLocation("unspecified");
        }
        if (asked.isEmpty()) {
            return FIRST_REGION;
        }
        String region = asked.equals("EU") ? "eu-west-1" : asked;
        if (!BucketLocationConstraint.VALUES.contains(asked)) {
            throw Details.of("LocationConstraint", asked)
                    .refuse(
                            Code.of("InvalidLocationConstraint", 400),
                            "The specified location-constraint is not valid");
        }
        if (!region.equals(endpoint) && !endpoint.equals(FIRST_REGION)) {
            throw illegalLocation(asked);
        }
        return region;
    }

    private static AwsError illegalLocation(String asked) {
        return Refusals.of(
                "IllegalLocationConstraintException",
                400,
                "The " + asked + " location constraint is incompatible for the region specific endpoint this request"
                        + " was sent to.");
    }

    @Override
    public HeadBucketOutput headBucket(HeadBucketRequest in) {
        OwnedBucket bucket = of(new Asked(in));
        var out = new HeadBucketOutput()
                .bucketRegion(bucket.region())
                .bucketArn(bucket.arn())
                .accessPointAlias(in.bucket().endsWith(BucketDoor.SUFFIX));
        return Directories.isName(bucket.name())
                ? out.bucketLocationType(LocationType.AVAILABILITY_ZONE)
                        .bucketLocationName(Directories.zone(bucket.name()))
                : out;
    }

    @Override
    public GetBucketLocationOutput getBucketLocation(GetBucketLocationRequest in) {
        OwnedBucket bucket = of(new Asked(in));
        var out = new GetBucketLocationOutput();
        return bucket.region().equals(FIRST_REGION) ? out : out.locationConstraint(bucket.region());
    }

    static void checkMost(long most) {
        if (most < 1 || most > MOST) {
            throw Refusals.argument(
                    "Argument max-buckets must be an integer between 1 and 10000", "max-buckets", "" + most);
        }
    }

    @Override
    public ListBucketsOutput listBuckets(ListBucketsRequest in) {
        int most = in.maxBuckets().orElse(MOST);
        String after = in.continuationToken()
                .map(token -> kernel.tokens()
                        .open("ListBuckets", token)
                        .orElseThrow(() -> Refusals.argument(
                                "The continuation token provided is incorrect", "continuation-token", token)))
                .orElse("");
        String prefix = in.prefix().orElse("");
        Stream<OwnedBucket> all = owned(after)
                .filter(bucket -> bucket.name().startsWith(prefix) && !Directories.isName(bucket.name()))
                .filter(bucket -> in.bucketRegion().orElse(bucket.region()).equals(bucket.region()));
        List<OwnedBucket> page = all.limit(most + 1L).toList();
        List<OwnedBucket> shown = page.subList(0, Math.min(most, page.size()));
        Optional<String> next = page.size() > most
                ? Optional.of(
                        kernel.tokens().seal("ListBuckets", shown.getLast().name()))
                : Optional.empty();
        return new ListBucketsOutput()
                .buckets(shown.stream().map(bucket -> shown(bucket, in)).toList())
                .owner(Canonical.owner(Call.current().account()))
                .prefix(in.prefix())
                .continuationToken(next);
    }

    /// The caller's buckets after one of this name, in the order of their names.
    Stream<OwnedBucket> owned(String after) {
        return owned.rows(Span.ALL.from(after + '\0')).flatMap(mine -> buckets.find(mine.key()).stream());
    }

    /// Regions are told to those who page or filter.
    private static S3.Bucket shown(OwnedBucket bucket, ListBucketsRequest in) {
        var shown = new S3.Bucket()
                .name(bucket.name())
                .creationDate(bucket.created())
                .bucketArn(bucket.arn());
        boolean paged = in.maxBuckets().isPresent()
                || in.prefix().isPresent()
                || in.bucketRegion().isPresent()
                || in.continuationToken().isPresent();
        return paged ? shown.bucketRegion(bucket.region()) : shown;
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest in) {
        OwnedBucket bucket = of(new Asked(in));
        if (doors.lead(bucket)) {
            throw Details.of("BucketName", bucket.name())
                    .refuse(
                            Code.of("BucketHasAccessPointsAttached", 400),
                            "The bucket you tried to delete has access points attached. Delete your access points and"
                                    + " try again.");
        }
        if (!objects.isEmpty(bucket)) {
            throw Details.of("BucketName", bucket.name())
                    .refuse(
                            Code.of("BucketNotEmpty", 409),
                            bucket.hasVersions()
                                    ? "The bucket you tried to delete is not empty. You must delete all versions in the"
                                            + " bucket."
                                    : "The bucket you tried to delete is not empty");
        }
        buckets.remove(bucket.name());
        owned.remove(bucket.name());
        documents.removeAll(bucket.name());
        return new DeleteBucketResponse();
    }

    Stream<OwnedBucket> all() {
        return buckets.rows(Span.ALL);
    }
}
