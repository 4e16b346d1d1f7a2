package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Optional;

/// Access points of an account in a region: made, found, listed, given policies, deleted.
final class BucketDoors implements S3Control {
    private static final int MOST = 1000;
    private static final String SCOPE = "ListAccessPoints";

    private final Kernel kernel;
    private final Buckets buckets;
    private final Table<String, BucketDoor> doors;
    private final Table<String, BucketDoor.Alias> aliases;

    BucketDoors(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.doors = kernel.table(BucketDoor.class);
        this.aliases = kernel.table(BucketDoor.Alias.class, dev.cloudjar.kernel.Scope.WORLD);
    }

    private BucketDoor get(String name) {
        return doors.find(name)
                .orElseThrow(() -> Refusals.of("NoSuchAccessPoint", 404, "The specified accesspoint does not exist"));
    }

    private static String arn(String name) {
        return Arn.here(S3Service.ID, "accesspoint/" + name).toString();
    }

    @Override
    public CreateAccessPointResult createAccessPoint(CreateAccessPointRequest in) {
        if (buckets.find(in.bucket()).isEmpty()) {
            throw Refusals.of("InvalidRequest", 400, "Amazon S3 Bucket " + in.bucket() + " does not exist");
        }
        if (doors.has(in.name())) {
            throw Refusals.of(
                    "AccessPointAlreadyOwnedByYou",
                    409,
                    "Your previous request to create the named accesspoint succeeded and you already own it.");
        }
        String stem = in.name().substring(0, Math.min(in.name().length(), 20));
        String alias = stem + '-' + kernel.ids().hex("", 34) + BucketDoor.SUFFIX;
        String vpc = in.vpcConfiguration().map(VpcConfiguration::vpcId).orElse("");
        doors.put(new BucketDoor(in.name(), in.bucket(), alias, kernel.time().now(), "", vpc));
        aliases.put(new BucketDoor.Alias(alias, in.bucket()));
        return new CreateAccessPointResult().accessPointArn(arn(in.name())).alias(alias);
    }

    @Override
    public GetAccessPointResult getAccessPoint(GetAccessPointRequest in) {
        BucketDoor door = get(in.name());
        var out = new GetAccessPointResult()
                .name(door.key())
                .bucket(door.bucket())
                .networkOrigin(door.vpc().isEmpty() ? "Internet" : "VPC")
                .publicAccessBlockConfiguration(new PublicAccessBlockConfiguration()
                        .blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true))
                .creationDate(door.created())
                .alias(door.alias())
                .accessPointArn(arn(door.key()))
                .bucketAccountId(buckets.find(door.bucket()).map(OwnedBucket::owner));
        return door.vpc().isEmpty() ? out : out.vpcConfiguration(new VpcConfiguration().vpcId(door.vpc()));
    }

    @Override
    public DeleteAccessPointResponse deleteAccessPoint(DeleteAccessPointRequest in) {
        BucketDoor door = get(in.name());
        doors.remove(door.key());
        aliases.remove(door.alias());
        return new DeleteAccessPointResponse();
    }

    @Override
    public ListAccessPointsResult listAccessPoints(ListAccessPointsRequest in) {
        int most = in.maxResults().filter(asked -> asked > 0).orElse(MOST);
        String after = in.nextToken()
                .map(token -> kernel.tokens().open(SCOPE, token).orElseThrow(BucketDoors::badToken))
                .orElse("");
        List<BucketDoor> rest = doors.rows(Span.ALL.from(after + '\0'))
                .filter(door -> in.bucket().orElse(door.bucket()).equals(door.bucket()))
                .limit(most + 1L)
                .toList();
        List<BucketDoor> page = rest.subList(0, Math.min(most, rest.size()));
        Optional<String> next = rest.size() > most
                ? Optional.of(kernel.tokens().seal(SCOPE, page.getLast().key()))
                : Optional.empty();
        return new ListAccessPointsResult()
                .accessPointList(page.stream().map(BucketDoors::shown).toList())
                .nextToken(next);
    }

    private static AwsError badToken() {
        return Refusals.of("InvalidRequest", 400, "The specified next token is not valid.");
    }

    private static S3Control.AccessPoint shown(BucketDoor door) {
        var shown = new S3Control.AccessPoint()
                .name(door.key())
                .networkOrigin(door.vpc().isEmpty() ? "Internet" : "VPC")
                .bucket(door.bucket())
                .accessPointArn(arn(door.key()))
                .alias(door.alias());
        return door.vpc().isEmpty() ? shown : shown.vpcConfiguration(new VpcConfiguration().vpcId(door.vpc()));
    }

    @Override
    public PutAccessPointPolicyResponse putAccessPointPolicy(PutAccessPointPolicyRequest in) {
        BucketDoor door = get(in.name());
        if (BucketPolicy.read(in.policy()).statements().isEmpty()) {
            throw Refusals.of("MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{'");
        }
        doors.put(door.with(
                kernel.kept(in.policy(), _ -> Refusals.of("MalformedPolicy", 400, "Invalid principal in policy"))));
        return new PutAccessPointPolicyResponse();
    }

    @Override
    public GetAccessPointPolicyResult getAccessPointPolicy(GetAccessPointPolicyRequest in) {
        return new GetAccessPointPolicyResult().policy(policy(in.name()));
    }

    private String policy(String name) {
        String policy = get(name).policy();
        if (policy.isEmpty()) {
            throw Refusals.of("NoSuchAccessPointPolicy", 404, "The specified accesspoint policy does not exist");
        }
        return kernel.shown(policy);
    }

    @Override
    public DeleteAccessPointPolicyResponse deleteAccessPointPolicy(DeleteAccessPointPolicyRequest in) {
        doors.put(get(in.name()).with(""));
        return new DeleteAccessPointPolicyResponse();
    }

    @Override
    public GetAccessPointPolicyStatusResult getAccessPointPolicyStatus(GetAccessPointPolicyStatusRequest in) {
        boolean open = BucketPolicy.read(policy(in.name())).isPublic();
        return new GetAccessPointPolicyStatusResult().policyStatus(new PolicyStatus().isPublic(open));
    }
}
