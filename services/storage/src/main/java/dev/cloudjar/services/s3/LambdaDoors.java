package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Object Lambda access points of an account in a region: made, found, configured, listed and deleted, and what
/// their policies say.
final class LambdaDoors implements S3Control {
    private static final int MOST = 1000;
    private static final int STEM = 20;

    private final Kernel kernel;
    private final Doors doors;
    private final Table<String, LambdaDoor> rows;
    private final DoorPolicies policies;

    LambdaDoors(Parts parts, DoorPolicies policies) {
        this.kernel = parts.kernel();
        this.doors = parts.buckets().doors();
        this.rows = doors.lambdas();
        this.policies = policies;
    }

    private LambdaDoor get(String name) {
        return rows.find(name)
                .orElseThrow(() -> Refusals.of("NoSuchAccessPoint", 404, "The specified accesspoint does not exist"));
    }

    private static String arn(String name) {
        return Arn.here(LambdaDoor.SERVICE, Door.resource(name)).toString();
    }

    @Override
    public CreateAccessPointForObjectLambdaResult createAccessPointForObjectLambda(
            CreateAccessPointForObjectLambdaRequest in) {
        if (in.name().endsWith(BucketDoor.SUFFIX)) {
            throw Refusals.request("Your Amazon S3 AccessPoint name is invalid");
        }
        check(in.configuration());
        if (rows.has(in.name())) {
            throw Refusals.of(
                    "AccessPointAlreadyOwnedByYou",
                    409,
                    "Your previous request to create the named accesspoint succeeded and you already own it.");
        }
        if (rows.count(Span.ALL) >= MOST) {
            throw Refusals.of(
                    "TooManyAccessPoints", 400, "You have attempted to create more access points than allowed");
        }
        String stem = in.name().substring(0, Math.min(in.name().length(), STEM));
        String alias = stem + '-' + kernel.ids().hex("", 34) + LambdaDoor.SUFFIX;
        Call call = Call.current();
        rows.put(new LambdaDoor(in.name(), alias, kernel.time().now(), StructJson.write(in.configuration()), ""));
        doors.aliases().put(new BucketDoor.Alias(alias, "", call.account(), call.region(), in.name()));
        return new CreateAccessPointForObjectLambdaResult()
                .objectLambdaAccessPointArn(arn(in.name()))
                .alias(shown(alias));
    }

    private static ObjectLambdaAccessPointAlias shown(String alias) {
        return new ObjectLambdaAccessPointAlias().value(alias).status(ObjectLambdaAccessPointAliasStatus.READY);
    }

    /// Refuses a configuration that names no access point of the account here, nothing to do, or two ways to do
    /// one thing.
    private void check(ObjectLambdaConfiguration wanted) {
        Arn supporting = Arn.parse(wanted.supportingAccessPoint()).orElseThrow(Refusals::malformedXml);
        Call call = Call.current();
        boolean here = supporting.account().equals(call.account())
                && supporting.region().equals(call.region())
                && Door.isIn(supporting.resource())
                && doors.rows().has(Door.name(supporting.resource()));
        if (!here) {
            throw Refusals.of("NoSuchAccessPoint", 404, "The specified accesspoint does not exist");
        }
        if (wanted.transformationConfigurations().isEmpty()) {
            throw Refusals.malformedXml();
        }
        Set<String> actions = new HashSet<>();
        wanted.transformationConfigurations().forEach(each -> check(each, actions));
    }

    private static void check(ObjectLambdaTransformationConfiguration wanted, Set<String> actions) {
        if (wanted.actions().isEmpty() || !wanted.actions().stream().allMatch(actions::add)) {
            throw Refusals.malformedXml();
        }
        String function = function(wanted);
        boolean usable = Arn.parse(function)
                .filter(arn -> arn.service().equals("lambda")
                        && arn.region().equals(Call.current().region())
                        && arn.resource().startsWith("function:"))
                .isPresent();
        if (!usable) {
            throw Refusals.request("The specified Lambda function ARN is not valid: " + function);
        }
    }

    static String function(ObjectLambdaTransformationConfiguration of) {
        return of.contentTransformation()
                .awsLambda()
                .map(AwsLambdaTransformation::functionArn)
                .orElseThrow(Refusals::malformedXml);
    }

    @Override
    public GetAccessPointForObjectLambdaResult getAccessPointForObjectLambda(GetAccessPointForObjectLambdaRequest in) {
        LambdaDoor door = get(in.name());
        return new GetAccessPointForObjectLambdaResult()
                .name(door.key())
                .publicAccessBlockConfiguration(AccessBlock.shown(List.of()))
                .creationDate(door.created())
                .alias(shown(door.alias()));
    }

    @Override
    public DeleteAccessPointForObjectLambdaResponse deleteAccessPointForObjectLambda(
            DeleteAccessPointForObjectLambdaRequest in) {
        LambdaDoor door = get(in.name());
        rows.remove(door.key());
        doors.aliases().remove(door.alias());
        return new DeleteAccessPointForObjectLambdaResponse();
    }

    @Override
    public ListAccessPointsForObjectLambdaResult listAccessPointsForObjectLambda(
            ListAccessPointsForObjectLambdaRequest in) {
        Page<LambdaDoor> page = kernel.tokens()
                .page(
                        GrantLocations.paging(in.maxResults(), in.nextToken()),
                        "object-lambda-access-points",
                        start -> rows.rows(start.map(Span.ALL::from).orElse(Span.ALL)),
                        LambdaDoor::key);
        return new ListAccessPointsForObjectLambdaResult()
                .objectLambdaAccessPointList(page.items().stream()
                        .map(door -> new ObjectLambdaAccessPoint()
                                .name(door.key())
                                .objectLambdaAccessPointArn(arn(door.key()))
                                .alias(shown(door.alias())))
                        .toList())
                .nextToken(page.next());
    }

    @Override
    public GetAccessPointConfigurationForObjectLambdaResult getAccessPointConfigurationForObjectLambda(
            GetAccessPointConfigurationForObjectLambdaRequest in) {
        return new GetAccessPointConfigurationForObjectLambdaResult()
                .configuration(get(in.name()).read());
    }

    @Override
    public PutAccessPointConfigurationForObjectLambdaResponse putAccessPointConfigurationForObjectLambda(
            PutAccessPointConfigurationForObjectLambdaRequest in) {
        LambdaDoor door = get(in.name());
        check(in.configuration());
        rows.put(door.configured(StructJson.write(in.configuration())));
        return new PutAccessPointConfigurationForObjectLambdaResponse();
    }

    @Override
    public PutAccessPointPolicyForObjectLambdaResponse putAccessPointPolicyForObjectLambda(
            PutAccessPointPolicyForObjectLambdaRequest in) {
        LambdaDoor door = get(in.name());
        String kept =
                policies.checked(arn(in.name()), in.policy(), List.of(), "s3:PutAccessPointPolicyForObjectLambda");
        rows.put(door.saying(kept));
        return new PutAccessPointPolicyForObjectLambdaResponse();
    }

    private String policy(String name) {
        String policy = get(name).policy();
        if (policy.isEmpty()) {
            throw DoorPolicies.missing();
        }
        return policy;
    }

    @Override
    public GetAccessPointPolicyForObjectLambdaResult getAccessPointPolicyForObjectLambda(
            GetAccessPointPolicyForObjectLambdaRequest in) {
        return new GetAccessPointPolicyForObjectLambdaResult().policy(kernel.shown(policy(in.name())));
    }

    @Override
    public GetAccessPointPolicyStatusForObjectLambdaResult getAccessPointPolicyStatusForObjectLambda(
            GetAccessPointPolicyStatusForObjectLambdaRequest in) {
        boolean open = BucketPolicy.read(policy(in.name())).isPublic();
        return new GetAccessPointPolicyStatusForObjectLambdaResult().policyStatus(new PolicyStatus().isPublic(open));
    }

    @Override
    public DeleteAccessPointPolicyForObjectLambdaResponse deleteAccessPointPolicyForObjectLambda(
            DeleteAccessPointPolicyForObjectLambdaRequest in) {
        rows.put(get(in.name()).saying(""));
        return new DeleteAccessPointPolicyForObjectLambdaResponse();
    }
}
