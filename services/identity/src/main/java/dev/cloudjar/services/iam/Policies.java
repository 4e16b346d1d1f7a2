package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.services.iam.Entity.Name;
import dev.cloudjar.services.iam.Managed.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Managed policies and their versions: the account's own, and AWS's, which nobody changes.
final class Policies implements Iam {
    private static final int MOST_VERSIONS = 5;
    private static final int LIMIT = 6144;
    private static final String SERVICE_ROLES = AwsManaged.ARN + "aws-service-role/";

    private final Kernel kernel;
    private final Directory directory;
    private final Shelf<Managed> own;
    private final Pages pages;

    Policies(Kernel kernel, Directory directory) {
        this.kernel = kernel;
        this.directory = directory;
        this.own = kernel.shelf(Managed.KIND);
        this.pages = new Pages(kernel);
    }

    Shelf<Managed> shelf() {
        return own;
    }

    /// The path and name in a policy's ARN.
    static Name name(String arn) {
        String resource = arn.substring(arn.lastIndexOf(":policy/") + ":policy".length());
        int slash = resource.lastIndexOf('/');
        return new Name(resource.substring(0, slash + 1), resource.substring(slash + 1));
    }

    /// The policy of that ARN, of this account or of AWS.
    Optional<Managed> find(String arn) {
        if (arn.startsWith(AwsManaged.ARN)) {
            return AwsManaged.find(arn.substring(AwsManaged.ARN.length()));
        }
        Optional<Arn> parsed = Arn.parse(arn)
                .filter(found -> found.account().equals(Call.current().account()));
        return parsed.flatMap(found -> own.find(Entity.id(name(arn).text())))
                .filter(found -> found.name().equals(name(arn)));
    }

    /// Refuses what is not the ARN of a managed policy.
    static void checkArn(String arn) {
        boolean good = Arn.parse(arn)
                .filter(found -> found.service().equals(IamService.ID))
                .filter(found -> found.resource().startsWith("policy/"))
                .isPresent();
        if (!good) {
            throw Refusals.invalid("ARN " + arn + " is not valid.");
        }
    }

    Managed get(String arn) {
        checkArn(arn);
        return find(arn).orElseThrow(() -> Refusals.missing("Policy " + arn + " was not found."));
    }

    boolean isServiceRolePolicy(String arn) {
        return arn.startsWith(SERVICE_ROLES);
    }

    void checkBoundary(String arn) {
        if (!arn.contains(":policy/")) {
            throw Refusals.VALIDATION.because(
                    "Value (" + arn + ") failed to satisfy constraint: Member must be an ARN" + " of a managed policy");
        }
        if (find(arn).isEmpty()) {
            throw Refusals.missing("Scope ARN: " + arn + " does not exist or is not attachable.");
        }
    }

    static String arn(Managed policy, boolean aws) {
        String resource = "policy" + policy.name().wire();
        return aws ? "arn:aws:iam::aws:" + resource : Directory.arn(resource);
    }

    private static boolean isAws(String arn) {
        return arn.startsWith(AwsManaged.ARN);
    }

    @Override
    public CreatePolicyResponse createPolicy(CreatePolicyRequest in) {
        Map<String, String> tags = Tagging.read(in.tags());
        checkDocument(in.policyDocument());
        Instant now = Moment.now(kernel);
        var made = new Managed(
                        new Name(in.path().orElse("/"), in.policyName()),
                        new KeyIds(kernel.ids(), kernel.tokens()).unique("ANPA"),
                        now,
                        now,
                        in.description(),
                        List.of(),
                        1)
                .added(in.policyDocument(), true, now);
        if (!own.create(made, tags)) {
            throw Refusals.exists(
                    "A policy called " + in.policyName() + " already exists. Duplicate names are not allowed.");
        }
        Policy answer = view(arn(made, false), made, 0, 0);
        return new CreatePolicyResponse().policy(tags.isEmpty() ? answer : answer.tags(Tagging.wire(tags)));
    }

    private static void checkDocument(String document) {
        InlinePolicies.check(document);
        if (InlinePolicies.size(document) > LIMIT) {
            throw Refusals.overQuota("PolicySize", LIMIT);
        }
    }

    private static Policy view(String arn, Managed policy, int attached, int bounds) {
        return new Policy()
                .policyName(policy.name().text())
                .policyId(policy.uniqueId())
                .arn(arn)
                .path(policy.name().path())
                .defaultVersionId(policy.current().id())
                .attachmentCount(attached)
                .permissionsBoundaryUsageCount(bounds)
                .isAttachable(true)
                .createDate(policy.created())
                .updateDate(policy.updated());
    }

    /// How often each policy is attached.
    Map<String, Integer> attachments() {
        return counted(entity -> entity.grants().attached().stream());
    }

    Map<String, Integer> boundaries() {
        return counted(entity -> entity.grants().boundary().stream());
    }

    private Map<String, Integer> counted(Function<Entity, Stream<String>> arns) {
        return Stream.of(Sort.values())
                .flatMap(sort -> directory.all(sort).stream())
                .flatMap(arns)
                .collect(Collectors.toMap(arn -> arn, _ -> 1, Integer::sum));
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest in) {
        String arn = in.policyArn();
        Managed found = get(arn);
        Policy view = view(
                        arn,
                        found,
                        attachments().getOrDefault(arn, 0),
                        boundaries().getOrDefault(arn, 0))
                .description(found.description());
        return new GetPolicyResponse().policy(view.tags(Tagging.wire(isAws(arn) ? Map.of() : own.tags(found.id()))));
    }

    @Override
    public ListPoliciesResponse listPolicies(ListPoliciesRequest in) {
        Map<String, Integer> attached = attachments();
        Map<String, Integer> bounds = boundaries();
        boolean onlyAttached = in.onlyAttached().orElse(false);
        boolean onlyBounds =
                in.policyUsageFilter().filter("PermissionsBoundary"::equals).isPresent();
        List<Policy> found = policies(in.scope().orElse("All"))
                .map(entry -> view(
                        entry.getKey(),
                        entry.getValue(),
                        attached.getOrDefault(entry.getKey(), 0),
                        bounds.getOrDefault(entry.getKey(), 0)))
                .filter(policy ->
                        policy.path().orElse("/").startsWith(in.pathPrefix().orElse("/")))
                .filter(policy -> !onlyAttached
                        || (onlyBounds ? bounds : attached)
                                .containsKey(policy.arn().orElseThrow()))
                .toList();
        var out = new ListPoliciesResponse();
        return out.policies(pages.of(in, out, found));
    }

    private Stream<Map.Entry<String, Managed>> policies(String scope) {
        Stream<Map.Entry<String, Managed>> ours = own.all().map(policy -> Map.entry(arn(policy, false), policy));
        Stream<Map.Entry<String, Managed>> theirs =
                scope.equals("Local") ? Stream.of() : AwsManaged.all().stream().map(p -> Map.entry(arn(p, true), p));
        return scope.equals("AWS") ? theirs : Stream.concat(ours, theirs);
    }

    private Version version(String arn, String id) {
        return get(arn).version(id)
                .orElseThrow(() ->
                        Refusals.missing("Policy " + arn + " version " + id + " does not exist or is not attachable."));
    }

    static PolicyVersion view(Version version) {
        return new PolicyVersion()
                .versionId(version.id())
                .isDefaultVersion(version.isDefault())
                .createDate(version.created());
    }

    @Override
    public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest in) {
        Version found = version(in.policyArn(), in.versionId());
        return new GetPolicyVersionResponse().policyVersion(view(found).document(Views.encoded(found.document())));
    }

    @Override
    public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest in) {
        var out = new ListPolicyVersionsResponse();
        List<Version> found = pages.of(in, out, get(in.policyArn()).versions());
        return out.versions(found.stream().map(Policies::view).toList());
    }

    @Override
    public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest in) {
        Managed policy = changeable(in.policyArn());
        checkDocument(in.policyDocument());
        if (policy.versions().size() >= MOST_VERSIONS) {
            throw LIMIT_EXCEEDED_EXCEPTION.because("A managed policy can have up to 5 versions. Before you create a new"
                    + " version, you must delete an existing version.");
        }
        Instant now = Moment.now(kernel);
        Managed changed = own.update(
                policy.id(),
                held -> held.added(in.policyDocument(), in.setAsDefault().orElse(false), now));
        directory.changed();
        return new CreatePolicyVersionResponse()
                .policyVersion(view(changed.versions().getFirst()));
    }

    /// A policy of this account.
    Managed changeable(String arn) {
        if (isAws(arn)) {
            throw Refusals.ACCESS_DENIED.because("Policy " + arn + " is not modifiable.");
        }
        return get(arn);
    }

    @Override
    public SetDefaultPolicyVersionResponse setDefaultPolicyVersion(SetDefaultPolicyVersionRequest in) {
        Managed policy = changeable(in.policyArn());
        version(in.policyArn(), in.versionId());
        own.update(policy.id(), held -> held.choosing(in.versionId(), Moment.now(kernel)));
        directory.changed();
        return new SetDefaultPolicyVersionResponse();
    }

    @Override
    public DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest in) {
        Managed policy = changeable(in.policyArn());
        if (version(in.policyArn(), in.versionId()).isDefault()) {
            throw DELETE_CONFLICT_EXCEPTION.because("Cannot delete the default version of a policy.");
        }
        own.update(policy.id(), held -> held.without(in.versionId(), Moment.now(kernel)));
        return new DeletePolicyVersionResponse();
    }

    @Override
    public DeletePolicyResponse deletePolicy(DeletePolicyRequest in) {
        Managed policy = changeable(in.policyArn());
        if (attachments().containsKey(in.policyArn()) || boundaries().containsKey(in.policyArn())) {
            throw DELETE_CONFLICT_EXCEPTION.because("Cannot delete a policy attached to entities.");
        }
        if (policy.versions().size() > 1) {
            throw DELETE_CONFLICT_EXCEPTION.because("This policy has more than one version. Before you delete a policy,"
                    + " you must delete the policy's versions. The default version is deleted with the policy.");
        }
        own.remove(policy.id());
        return new DeletePolicyResponse();
    }
}
