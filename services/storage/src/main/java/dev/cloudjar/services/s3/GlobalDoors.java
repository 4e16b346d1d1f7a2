package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Lifecycle;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.s3.GlobalDoor.Place;
import dev.cloudjar.services.s3.GlobalDoor.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Multi-region access points: made and deleted by requests that take their time, found, listed, and told which
/// of their regions are active.
final class GlobalDoors implements S3Control {
    private static final int MOST_REGIONS = 17;
    private static final int MOST = 100;
    private static final int ACTIVE = 100;
    /// There are none in other partitions.
    static final String PARTITION = "aws";

    private static final Lifecycle<Status> LIFE = Lifecycle.of(Status.class)
            .eventually(Status.CREATING, Status.READY, GlobalRequests.PATIENCE)
            .eventually(Status.DELETING, Status.GONE, GlobalRequests.PATIENCE)
            .allow(Status.READY, Status.DELETING);

    private final Kernel kernel;
    private final Buckets buckets;
    private final GlobalRequests requests;
    private final DoorPolicies policies;
    private final Table<String, GlobalDoor> doors;

    GlobalDoors(Parts parts, GlobalRequests requests, DoorPolicies policies) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.requests = requests;
        this.policies = policies;
        this.doors = buckets.doors().globals();
    }

    private Status status(GlobalDoor door) {
        return LIFE.at(door.phase(), kernel.moment());
    }

    private Optional<GlobalDoor> find(String name) {
        return doors.find(name).filter(door -> status(door) != Status.GONE);
    }

    private GlobalDoor get(String name) {
        return find(name).orElseThrow(GlobalDoors::missing);
    }

    private static AwsError missing() {
        return Refusals.of(
                "NoSuchMultiRegionAccessPoint", 404, "The specified multi-region access point does not exist");
    }

    /// One that requests can be made of: neither being made nor being deleted.
    private GlobalDoor ready(String name) {
        GlobalDoor door = get(name);
        if (status(door) != Status.READY) {
            throw Refusals.of(
                    "OperationInProgress", 409, "An operation on this multi-region access point is in progress");
        }
        return door;
    }

    @Override
    public CreateMultiRegionAccessPointResult createMultiRegionAccessPoint(CreateMultiRegionAccessPointRequest in) {
        Optional<String> before = requests.before("CreateMultiRegionAccessPoint", in.clientToken());
        return new CreateMultiRegionAccessPointResult().requestTokenArn(before.orElseGet(() -> create(in)));
    }

    private String create(CreateMultiRegionAccessPointRequest in) {
        CreateMultiRegionAccessPointInput wanted = in.details();
        if (find(wanted.name()).isPresent()) {
            throw Refusals.of(
                    "MultiRegionAccessPointAlreadyOwnedByYou",
                    409,
                    "Your previous request to create the named multi-region access point succeeded and you already own"
                            + " it.");
        }
        if (doors.rows(Span.ALL).filter(door -> status(door) != Status.GONE).count() >= MOST) {
            throw Refusals.of(
                    "TooManyMultiRegionAccessPoints",
                    400,
                    "You have attempted to create more multi-region access points than allowed");
        }
        String alias = kernel.ids().hex("m", 12) + GlobalDoor.SUFFIX;
        doors.put(new GlobalDoor(
                wanted.name(),
                alias,
                LIFE.begin(Status.CREATING, kernel.moment()),
                kernel.time().now(),
                places(wanted.regions()),
                AccessBlock.open(wanted.publicAccessBlock()),
                ""));
        buckets.doors()
                .aliases()
                .put(new BucketDoor.Alias(alias, "", Call.current().account(), "", wanted.name()));
        return requests.take(
                "CreateMultiRegionAccessPoint",
                in.clientToken(),
                new AsyncRequestParameters().createMultiRegionAccessPointRequest(wanted));
    }

    /// A bucket a region, all of them there; those of other accounts named with these.
    private List<Place> places(List<Region> wanted) {
        if (wanted.isEmpty() || wanted.size() > MOST_REGIONS) {
            throw Refusals.request("A multi-region access point must have between 1 and 17 regions");
        }
        Set<String> regions = new HashSet<>();
        List<Place> places = new ArrayList<>();
        for (Region one : wanted) {
            OwnedBucket bucket = buckets.find(one.bucket())
                    .orElseThrow(() -> Refusals.request("Amazon S3 Bucket " + one.bucket() + " does not exist"));
            String account = one.bucketAccountId().orElse(Call.current().account());
            if (!bucket.owner().equals(account)) {
                throw Refusals.denied();
            }
            if (!regions.add(bucket.region())) {
                throw Refusals.request("A multi-region access point can have only one bucket in each region");
            }
            places.add(new Place(bucket.region(), bucket.name(), account, ACTIVE));
        }
        return places;
    }

    @Override
    public DeleteMultiRegionAccessPointResult deleteMultiRegionAccessPoint(DeleteMultiRegionAccessPointRequest in) {
        Optional<String> before = requests.before("DeleteMultiRegionAccessPoint", in.clientToken());
        return new DeleteMultiRegionAccessPointResult().requestTokenArn(before.orElseGet(() -> delete(in)));
    }

    private String delete(DeleteMultiRegionAccessPointRequest in) {
        GlobalDoor door = ready(in.details().name());
        doors.put(door.with(LIFE.begin(Status.DELETING, kernel.moment())));
        buckets.doors().aliases().remove(door.alias());
        return requests.take(
                "DeleteMultiRegionAccessPoint",
                in.clientToken(),
                new AsyncRequestParameters().deleteMultiRegionAccessPointRequest(in.details()));
    }

    @Override
    public GetMultiRegionAccessPointResult getMultiRegionAccessPoint(GetMultiRegionAccessPointRequest in) {
        return new GetMultiRegionAccessPointResult().accessPoint(shown(get(in.name())));
    }

    private MultiRegionAccessPointReport shown(GlobalDoor door) {
        return new MultiRegionAccessPointReport()
                .name(door.key())
                .alias(door.alias())
                .createdAt(door.created())
                .publicAccessBlock(AccessBlock.shown(door.open()))
                .status(status(door).name())
                .regions(door.places().stream()
                        .map(place -> new RegionReport()
                                .bucket(place.bucket())
                                .region(place.region())
                                .bucketAccountId(place.account()))
                        .toList());
    }

    @Override
    public ListMultiRegionAccessPointsResult listMultiRegionAccessPoints(ListMultiRegionAccessPointsRequest in) {
        var page = kernel.tokens()
                .page(
                        GrantLocations.paging(in.maxResults(), in.nextToken()),
                        "multi-region-access-points",
                        start -> doors.rows(start.map(Span.ALL::from).orElse(Span.ALL))
                                .filter(door -> status(door) != Status.GONE),
                        GlobalDoor::key);
        return new ListMultiRegionAccessPointsResult()
                .accessPoints(page.items().stream().map(this::shown).toList())
                .nextToken(page.next());
    }

    @Override
    public PutMultiRegionAccessPointPolicyResult putMultiRegionAccessPointPolicy(
            PutMultiRegionAccessPointPolicyRequest in) {
        Optional<String> before = requests.before("PutMultiRegionAccessPointPolicy", in.clientToken());
        return new PutMultiRegionAccessPointPolicyResult().requestTokenArn(before.orElseGet(() -> putPolicy(in)));
    }

    private String putPolicy(PutMultiRegionAccessPointPolicyRequest in) {
        GlobalDoor door = ready(in.details().name());
        String text = in.details().policy();
        doors.put(door.with(policies.checked(arn(door), text, door.open(), "s3:PutMultiRegionAccessPointPolicy")));
        return requests.take(
                "PutMultiRegionAccessPointPolicy",
                in.clientToken(),
                new AsyncRequestParameters().putMultiRegionAccessPointPolicyRequest(in.details()));
    }

    private static String arn(GlobalDoor door) {
        String account = Call.current().account();
        return new Arn(PARTITION, S3Service.ID, "", account, Door.resource(door.alias())).toString();
    }

    @Override
    public GetMultiRegionAccessPointPolicyResult getMultiRegionAccessPointPolicy(
            GetMultiRegionAccessPointPolicyRequest in) {
        GlobalDoor door = get(in.name());
        if (door.policy().isEmpty()) {
            throw Refusals.of(
                    "NoSuchMultiRegionAccessPointPolicy",
                    404,
                    "The specified multi-region access point policy does not exist");
        }
        String policy = kernel.shown(door.policy());
        return new GetMultiRegionAccessPointPolicyResult()
                .policy(new MultiRegionAccessPointPolicyDocument()
                        .established(new EstablishedMultiRegionAccessPointPolicy().policy(policy))
                        .proposed(new ProposedMultiRegionAccessPointPolicy().policy(policy)));
    }

    @Override
    public GetMultiRegionAccessPointPolicyStatusResult getMultiRegionAccessPointPolicyStatus(
            GetMultiRegionAccessPointPolicyStatusRequest in) {
        boolean open = BucketPolicy.read(get(in.name()).policy()).isPublic();
        return new GetMultiRegionAccessPointPolicyStatusResult().established(new PolicyStatus().isPublic(open));
    }

    /// By ARN, by alias or by name.
    private GlobalDoor called(String mrap) {
        String alias = mrap.substring(mrap.lastIndexOf('/') + 1);
        String bare = alias.substring(alias.lastIndexOf(':') + 1);
        String account = Call.current().account();
        String name = buckets.doors()
                .aliases()
                .find(bare)
                .filter(found -> found.account().equals(account))
                .map(BucketDoor.Alias::door)
                .orElse(bare);
        return get(name);
    }

    @Override
    public GetMultiRegionAccessPointRoutesResult getMultiRegionAccessPointRoutes(
            GetMultiRegionAccessPointRoutesRequest in) {
        GlobalDoor door = called(in.mrap());
        return new GetMultiRegionAccessPointRoutesResult()
                .mrap(arn(door))
                .routes(door.places().stream()
                        .map(place -> new MultiRegionAccessPointRoute()
                                .bucket(place.bucket())
                                .region(place.region())
                                .trafficDialPercentage(place.dial()))
                        .toList());
    }

    @Override
    public SubmitMultiRegionAccessPointRoutesResult submitMultiRegionAccessPointRoutes(
            SubmitMultiRegionAccessPointRoutesRequest in) {
        GlobalDoor door = called(in.mrap());
        List<Place> places = new ArrayList<>(door.places());
        for (MultiRegionAccessPointRoute update : in.routeUpdates()) {
            int dial = update.trafficDialPercentage();
            if (dial != 0 && dial != ACTIVE) {
                throw Refusals.request("TrafficDialPercentage must be 0 or 100");
            }
            if (update.bucket().isEmpty() && update.region().isEmpty()) {
                throw Refusals.request("Either Bucket or Region must be specified in each route");
            }
            if (places.stream().noneMatch(place -> isFor(update, place))) {
                throw Refusals.request("The route is not of a region of this multi-region access point");
            }
            places.replaceAll(place -> isFor(update, place) ? place.dialled(dial) : place);
        }
        if (places.stream().noneMatch(place -> place.dial() > 0)) {
            throw Refusals.request("At least one region must be active at all times");
        }
        doors.put(door.with(places));
        return new SubmitMultiRegionAccessPointRoutesResult();
    }

    private static boolean isFor(MultiRegionAccessPointRoute update, Place place) {
        return update.bucket().orElse(place.bucket()).equals(place.bucket())
                && update.region().orElse(place.region()).equals(place.region());
    }
}
