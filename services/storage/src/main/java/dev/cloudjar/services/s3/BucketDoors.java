package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.s3.BucketDoor.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Access points of an account in a region: made, found, listed and deleted. Those of directory buckets also
/// say how far they reach.
final class BucketDoors implements S3Control {
    private static final String NAME = "[a-z0-9][a-z0-9-]{1,48}[a-z0-9]";
    private static final int MOST = 10_000;
    private static final int LONGEST_PREFIXES = 256;

    private final Kernel kernel;
    private final Buckets buckets;
    private final Table<String, BucketDoor> doors;
    private final Labels labels;

    BucketDoors(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.doors = buckets.doors().rows();
        this.labels = new Labels(kernel);
    }

    /// The row, once it is known to be there.
    BucketDoor get(String name) {
        return doors.find(name)
                .orElseThrow(() -> Refusals.of("NoSuchAccessPoint", 404, "The specified accesspoint does not exist"));
    }

    static String arn(BucketDoor door) {
        Call call = Call.current();
        return Doors.door(door, call.account(), call.region()).arn().toString();
    }

    @Override
    public CreateAccessPointResult createAccessPoint(CreateAccessPointRequest in) {
        checkName(in.name());
        OwnedBucket bucket = bucket(in);
        if (doors.has(in.name())) {
            throw Refusals.of(
                    "AccessPointAlreadyOwnedByYou",
                    409,
                    "Your previous request to create the named accesspoint succeeded and you already own it.");
        }
        if (doors.count(Span.ALL) >= MOST) {
            throw Refusals.of(
                    "TooManyAccessPoints", 400, "You have attempted to create more access points than allowed");
        }
        boolean directory = in.name().endsWith(BucketDoor.DIRECTORY_SUFFIX);
        if (in.scope().isPresent() && !directory) {
            throw Refusals.request("Scope is supported only for access points of directory buckets.");
        }
        String alias = directory ? in.name() : alias(in.name());
        var door = new BucketDoor(
                in.name(),
                bucket.name(),
                alias,
                kernel.time().now(),
                "",
                in.vpcConfiguration().map(VpcConfiguration::vpcId).orElse(""),
                AccessBlock.open(in.publicAccessBlockConfiguration()),
                in.scope().map(BucketDoors::reach).orElse(Reach.ALL));
        doors.put(door);
        Call call = Call.current();
        buckets.doors()
                .aliases()
                .put(new BucketDoor.Alias(alias, bucket.name(), call.account(), call.region(), door.key()));
        labels.begin(arn(door), in.tags());
        var out = new CreateAccessPointResult().accessPointArn(arn(door));
        return directory ? out : out.alias(alias);
    }

    private String alias(String name) {
        String stem = name.substring(0, Math.min(name.length(), 20));
        return stem + '-' + kernel.ids().hex("", 34) + BucketDoor.SUFFIX;
    }

    private static void checkName(String name) {
        int cut = name.endsWith(BucketDoor.DIRECTORY_SUFFIX) ? name.indexOf("--") : name.length();
        if (!name.substring(0, cut).matches(NAME) || name.endsWith(BucketDoor.SUFFIX)) {
            throw Refusals.request("Your Amazon S3 AccessPoint name is invalid");
        }
    }

    /// The bucket that a new access point is for. One of another account is named together with that account.
    private OwnedBucket bucket(CreateAccessPointRequest in) {
        Call call = Call.current();
        OwnedBucket bucket = buckets.find(in.bucket())
                .filter(found -> found.region().equals(call.region()))
                .orElseThrow(() -> Refusals.request("Amazon S3 Bucket " + in.bucket() + " does not exist"));
        String zone = Directories.isName(bucket.name()) ? "--" + Directories.zone(bucket.name()) : "";
        boolean fits = zone.isEmpty()
                ? !in.name().endsWith(BucketDoor.DIRECTORY_SUFFIX)
                : in.name().endsWith(zone + BucketDoor.DIRECTORY_SUFFIX);
        if (!fits) {
            throw Refusals.request("Your Amazon S3 AccessPoint name is invalid");
        }
        if (!bucket.owner().equals(in.bucketAccountId().orElse(call.account()))) {
            throw Refusals.denied();
        }
        return bucket;
    }

    @Override
    public GetAccessPointResult getAccessPoint(GetAccessPointRequest in) {
        BucketDoor door = get(in.name());
        var out = GetAccessPointResult.from(shown(door))
                .publicAccessBlockConfiguration(AccessBlock.shown(door.open()))
                .creationDate(door.created());
        return door.isOfDirectory() ? out : out.endpoints(endpoints());
    }

    private static Map<String, String> endpoints() {
        String rest = "." + Call.current().region() + ".amazonaws.com";
        return Map.of(
                "ipv4", "s3-accesspoint" + rest,
                "dualstack", "s3-accesspoint.dualstack" + rest,
                "fips", "s3-accesspoint-fips" + rest,
                "fips_dualstack", "s3-accesspoint-fips.dualstack" + rest);
    }

    @Override
    public DeleteAccessPointResponse deleteAccessPoint(DeleteAccessPointRequest in) {
        BucketDoor door = get(in.name());
        doors.remove(door.key());
        buckets.doors().aliases().remove(door.alias());
        labels.end(arn(door));
        return new DeleteAccessPointResponse();
    }

    @Override
    public ListAccessPointsResult listAccessPoints(ListAccessPointsRequest in) {
        Page<BucketDoor> page = page(
                in.maxResults(),
                in.nextToken(),
                door -> !door.isOfDirectory()
                        && in.bucket().orElse(door.bucket()).equals(door.bucket()));
        return new ListAccessPointsResult()
                .accessPointList(page.items().stream().map(this::shown).toList())
                .nextToken(page.next());
    }

    @Override
    public ListAccessPointsForDirectoryBucketsResult listAccessPointsForDirectoryBuckets(
            ListAccessPointsForDirectoryBucketsRequest in) {
        Page<BucketDoor> page = page(
                in.maxResults(),
                in.nextToken(),
                door -> door.isOfDirectory()
                        && in.directoryBucket().orElse(door.bucket()).equals(door.bucket()));
        return new ListAccessPointsForDirectoryBucketsResult()
                .accessPointList(page.items().stream().map(this::shown).toList())
                .nextToken(page.next());
    }

    private Page<BucketDoor> page(Optional<Integer> most, Optional<String> token, Predicate<BucketDoor> wanted) {
        return kernel.tokens()
                .page(
                        GrantLocations.paging(most, token),
                        "access-points",
                        start -> doors.rows(start.map(Span.ALL::from).orElse(Span.ALL))
                                .filter(wanted),
                        BucketDoor::key);
    }

    private S3Control.AccessPoint shown(BucketDoor door) {
        var shown = new S3Control.AccessPoint()
                .name(door.key())
                .networkOrigin(door.vpc().isEmpty() ? "Internet" : "VPC")
                .bucket(door.bucket())
                .bucketAccountId(buckets.find(door.bucket()).map(OwnedBucket::owner))
                .accessPointArn(arn(door));
        if (!door.isOfDirectory()) {
            shown.alias(door.alias());
        }
        return door.vpc().isEmpty() ? shown : shown.vpcConfiguration(new VpcConfiguration().vpcId(door.vpc()));
    }

    @Override
    public PutAccessPointScopeResponse putAccessPointScope(PutAccessPointScopeRequest in) {
        doors.put(ofDirectory(in.name()).with(reach(in.scope())));
        return new PutAccessPointScopeResponse();
    }

    @Override
    public GetAccessPointScopeResult getAccessPointScope(GetAccessPointScopeRequest in) {
        Reach reach = ofDirectory(in.name()).reach();
        return new GetAccessPointScopeResult()
                .scope(new Scope().prefixes(reach.prefixes()).permissions(reach.permissions()));
    }

    @Override
    public DeleteAccessPointScopeResponse deleteAccessPointScope(DeleteAccessPointScopeRequest in) {
        doors.put(ofDirectory(in.name()).with(Reach.ALL));
        return new DeleteAccessPointScopeResponse();
    }

    private BucketDoor ofDirectory(String name) {
        BucketDoor door = get(name);
        if (!door.isOfDirectory()) {
            throw Refusals.of("MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
        }
        return door;
    }

    private static Reach reach(Scope scope) {
        int length = scope.prefixes().stream().mapToInt(String::length).sum();
        if (length > LONGEST_PREFIXES) {
            throw Refusals.request("The total length of the prefixes of a scope must not exceed 256 bytes.");
        }
        boolean known = ScopePermission.VALUES.containsAll(scope.permissions());
        if (!known) {
            throw malformed();
        }
        return new Reach(List.copyOf(scope.prefixes()), List.copyOf(scope.permissions()));
    }

    private static AwsError malformed() {
        return Refusals.malformedXml();
    }
}
