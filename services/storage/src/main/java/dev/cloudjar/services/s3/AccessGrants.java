package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.s3.Granted.Grant;
import dev.cloudjar.services.s3.Granted.Instance;
import dev.cloudjar.services.s3.Granted.Location;
import dev.cloudjar.services.s3.Granted.Where;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The instance of S3 Access Grants, its policy, and grants of its locations: made, found, deleted.
final class AccessGrants implements S3Control {
    private static final String WHOLE = "s3://";

    private final Kernel kernel;
    private final Table<String, Instance> instances;
    private final Table<String, Location> locations;
    private final Table<String, Grant> grants;
    private final Labels labels;

    AccessGrants(Parts parts) {
        this.kernel = parts.kernel();
        this.instances = kernel.table(Instance.class);
        this.locations = kernel.table(Location.class);
        this.grants = kernel.table(Grant.class);
        this.labels = new Labels(kernel);
    }

    static String arn(String rest) {
        return Arn.here(S3Service.ID, "access-grants/" + Instance.ID + rest).toString();
    }

    private Instance instance() {
        return instances.find(Instance.ID).orElseThrow(AccessGrants::noInstance);
    }

    private Instant now() {
        return kernel.time().now();
    }

    @Override
    public CreateAccessGrantsInstanceResult createAccessGrantsInstance(CreateAccessGrantsInstanceRequest in) {
        var instance = new Instance(Instance.ID, now(), in.identityCenterArn().orElse(""), "", Instant.EPOCH);
        if (!instances.create(instance)) {
            throw Refusals.of("AccessGrantsInstanceAlreadyExists", 409, "Access Grants Instance already exists");
        }
        labels.begin(arn(""), in.tags());
        return CreateAccessGrantsInstanceResult.from(shown(instance));
    }

    private static GetAccessGrantsInstanceResult shown(Instance instance) {
        Optional<String> center = Optional.of(instance.identityCenter()).filter(arn -> !arn.isEmpty());
        return new GetAccessGrantsInstanceResult()
                .accessGrantsInstanceArn(arn(""))
                .accessGrantsInstanceId(Instance.ID)
                .identityCenterArn(center)
                .identityCenterInstanceArn(center)
                .createdAt(instance.created());
    }

    @Override
    public GetAccessGrantsInstanceResult getAccessGrantsInstance(GetAccessGrantsInstanceRequest in) {
        return shown(instance());
    }

    @Override
    public ListAccessGrantsInstancesResult listAccessGrantsInstances(ListAccessGrantsInstancesRequest in) {
        return new ListAccessGrantsInstancesResult()
                .accessGrantsInstancesList(instances
                        .rows(Span.ALL)
                        .map(instance -> ListAccessGrantsInstanceEntry.from(shown(instance)))
                        .toList());
    }

    @Override
    public DeleteAccessGrantsInstanceResponse deleteAccessGrantsInstance(DeleteAccessGrantsInstanceRequest in) {
        Instance instance = instance();
        if (locations.count(Span.ALL) > 0 || !instance.identityCenter().isEmpty()) {
            throw Refusals.of(
                    "AccessGrantsInstanceNotEmptyError",
                    400,
                    "Please clean up locations before deleting the access grants instance");
        }
        instances.remove(instance.key());
        labels.end(arn(""));
        return new DeleteAccessGrantsInstanceResponse();
    }

    @Override
    public AssociateAccessGrantsIdentityCenterResponse associateAccessGrantsIdentityCenter(
            AssociateAccessGrantsIdentityCenterRequest in) {
        instances.put(instance().identityCenter(in.identityCenterArn()));
        return new AssociateAccessGrantsIdentityCenterResponse();
    }

    @Override
    public DissociateAccessGrantsIdentityCenterResponse dissociateAccessGrantsIdentityCenter(
            DissociateAccessGrantsIdentityCenterRequest in) {
        instances.put(instance().identityCenter(""));
        return new DissociateAccessGrantsIdentityCenterResponse();
    }

    @Override
    public PutAccessGrantsInstanceResourcePolicyResult putAccessGrantsInstanceResourcePolicy(
            PutAccessGrantsInstanceResourcePolicyRequest in) {
        Instance instance = instance();
        if (BucketPolicy.read(in.policy()).statements().isEmpty()) {
            throw Refusals.of("MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{'");
        }
        Instance changed = instances.put(instance.policy(in.policy(), now()));
        return new PutAccessGrantsInstanceResourcePolicyResult()
                .policy(changed.policy())
                .organization(in.organization())
                .createdAt(changed.policySince());
    }

    @Override
    public GetAccessGrantsInstanceResourcePolicyResult getAccessGrantsInstanceResourcePolicy(
            GetAccessGrantsInstanceResourcePolicyRequest in) {
        Instance instance = instance();
        if (instance.policy().isEmpty()) {
            throw Refusals.of(
                    "AccessGrantsInstanceResourcePolicyNotExists",
                    404,
                    "Access Grants Instance Resource Policy does not exist");
        }
        return new GetAccessGrantsInstanceResourcePolicyResult()
                .policy(instance.policy())
                .createdAt(instance.policySince());
    }

    @Override
    public DeleteAccessGrantsInstanceResourcePolicyResponse deleteAccessGrantsInstanceResourcePolicy(
            DeleteAccessGrantsInstanceResourcePolicyRequest in) {
        instances.put(instance().policy("", Instant.EPOCH));
        return new DeleteAccessGrantsInstanceResourcePolicyResponse();
    }

    @Override
    public GetAccessGrantsInstanceForPrefixResult getAccessGrantsInstanceForPrefix(
            GetAccessGrantsInstanceForPrefixRequest in) {
        instance();
        return new GetAccessGrantsInstanceForPrefixResult()
                .accessGrantsInstanceArn(arn(""))
                .accessGrantsInstanceId(Instance.ID);
    }

    @Override
    public CreateAccessGrantResult createAccessGrant(CreateAccessGrantRequest in) {
        instance();
        Location location = locations.find(in.accessGrantsLocationId()).orElseThrow(GrantLocations::noSuch);
        String sub = in.accessGrantsLocationConfiguration()
                .flatMap(configuration -> configuration.s3SubPrefix())
                .orElse("");
        if (in.grantee().granteeType().isEmpty()
                || in.grantee().granteeIdentifier().isEmpty()) {
            throw Refusals.of("InvalidAccessGrant", 400, "The specified Access Grant is invalid");
        }
        if (location.scope().equals(WHOLE) && sub.isEmpty()) {
            throw Refusals.of(
                    "InvalidAccessGrant", 400, "S3SubPrefix is required where the location is the default location");
        }
        var where = new Where(sub, scope(location, sub), in.applicationArn().orElse(""));
        List<String> grantee = List.of(
                in.grantee().granteeType().orElseThrow(),
                in.grantee().granteeIdentifier().orElseThrow());
        boolean there = grants.rows(Span.ALL)
                .anyMatch(grant -> grant.grantee().equals(grantee)
                        && grant.where().equals(where)
                        && grant.permission().equals(in.permission()));
        if (there) {
            throw Refusals.of("AccessGrantAlreadyExists", 409, "The specified Access Grant already exists");
        }
        var grant = new Grant(kernel.ids().uuid(), now(), location.key(), grantee, in.permission(), where);
        grants.put(grant);
        labels.begin(arn("/grant/" + grant.key()), in.tags());
        return CreateAccessGrantResult.from(shown(grant));
    }

    /// `s3://bucket/prefix*`; the type of an object's prefix is that of the object alone.
    private static String scope(Location location, String sub) {
        String base = location.scope();
        String bare = base.endsWith("*") ? base.substring(0, base.length() - 1) : base;
        return sub.isEmpty() ? base : bare.endsWith("/") ? bare + sub : bare + '/' + sub;
    }

    private static GetAccessGrantResult shown(Grant grant) {
        var out = new GetAccessGrantResult()
                .createdAt(grant.created())
                .accessGrantId(grant.key())
                .accessGrantArn(arn("/grant/" + grant.key()))
                .grantee(new Grantee()
                        .granteeType(grant.grantee().getFirst())
                        .granteeIdentifier(grant.grantee().getLast()))
                .permission(grant.permission())
                .accessGrantsLocationId(grant.location())
                .grantScope(grant.where().scope())
                .applicationArn(Optional.of(grant.where().application()).filter(arn -> !arn.isEmpty()));
        String sub = grant.where().sub();
        return sub.isEmpty()
                ? out
                : out.accessGrantsLocationConfiguration(new AccessGrantsLocationConfiguration().s3SubPrefix(sub));
    }

    private Grant grant(String id) {
        instance();
        return grants.find(id)
                .orElseThrow(
                        () -> Refusals.of("NoSuchAccessGrantError", 404, "The specified Access Grant does not exist"));
    }

    @Override
    public GetAccessGrantResult getAccessGrant(GetAccessGrantRequest in) {
        return shown(grant(in.accessGrantId()));
    }

    @Override
    public DeleteAccessGrantResponse deleteAccessGrant(DeleteAccessGrantRequest in) {
        grants.remove(grant(in.accessGrantId()).key());
        labels.end(arn("/grant/" + in.accessGrantId()));
        return new DeleteAccessGrantResponse();
    }

    @Override
    public ListAccessGrantsResult listAccessGrants(ListAccessGrantsRequest in) {
        instance();
        var page = kernel.tokens()
                .page(
                        GrantLocations.paging(in.maxResults(), in.nextToken()),
                        "grants",
                        start -> grants.rows(start.map(Span.ALL::from).orElse(Span.ALL))
                                .filter(grant -> matches(grant, in)),
                        Grant::key);
        return new ListAccessGrantsResult()
                .accessGrantsList(page.items().stream()
                        .map(grant -> ListAccessGrantEntry.from(shown(grant)))
                        .toList())
                .nextToken(page.next());
    }

    private static boolean matches(Grant grant, ListAccessGrantsRequest in) {
        return in.granteeType()
                        .orElse(grant.grantee().getFirst())
                        .equals(grant.grantee().getFirst())
                && in.granteeIdentifier()
                        .orElse(grant.grantee().getLast())
                        .equals(grant.grantee().getLast())
                && in.permission().orElse(grant.permission()).equals(grant.permission())
                && in.grantScope()
                        .orElse(grant.where().scope())
                        .equals(grant.where().scope())
                && in.applicationArn()
                        .orElse(grant.where().application())
                        .equals(grant.where().application());
    }

    static AwsError noInstance() {
        return Refusals.of("AccessGrantsInstanceNotExistsError", 404, "Access Grants Instance does not exist");
    }
}
