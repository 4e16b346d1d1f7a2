package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Amazon S3 Control: what an account says of all its buckets, and access points to them. It shares S3's rows.
public final class S3ControlService implements Service {
    static final String ID = "s3control";

    private static final String INSTANCE = "access-grants/" + Granted.Instance.ID;
    private static final Set<String> OF_GRANTEES =
            Set.of("GetDataAccess", "ListCallerAccessGrants", "GetAccessGrantsInstanceForPrefix");

    private final List<Api> operations;
    private final Jobs jobs;
    private final GrantedAccess granted;
    private final LensExport export;

    public S3ControlService(Kernel kernel) {
        var parts = Parts.of(kernel.as(S3Service.ID));
        this.jobs = new Jobs(parts);
        var doors = new BucketDoors(parts);
        var policies = new DoorPolicies(parts, doors);
        var requests = new GlobalRequests(parts);
        this.granted = new GrantedAccess(parts);
        this.export = new LensExport(parts, new Shipping(parts.kernel(), new Writing(parts)));
        this.operations = List.of(
                new AccountSettings(parts),
                doors,
                policies,
                new LambdaDoors(parts, policies),
                jobs,
                new Lens(parts, export),
                new LensGroups(parts),
                new AccessGrants(parts),
                requests,
                new GlobalDoors(parts, requests, policies),
                granted,
                new GrantLocations(parts));
    }

    /// Who calls speaks for his own account, and where the policy of an instance of access grants lets him, as
    /// a grantee of another.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        Call call = Call.current();
        if (!(input.get("AccountId") instanceof String account)
                || account.equals(call.principal().account())) {
            return Optional.empty();
        }
        if (!OF_GRANTEES.contains(operation.name())) {
            throw Refusals.denied();
        }
        return Optional.of(new Arn(Arn.partition(call.region()), S3Service.ID, call.region(), account, INSTANCE));
    }

    @Override
    public Optional<ResourcePolicy> policy(Arn resource) {
        return resource.resource().equals(INSTANCE)
                ? granted.policy(resource).map(ResourcePolicy::of)
                : Optional.empty();
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(JobFunctions.TASK, jobs::invoked);
    }

    @Override
    public Map<String, Consumer<String>> longTasks() {
        return Map.of(Jobs.TASK, jobs::run, LensExport.TASK, export::export);
    }

    @Override
    public List<Api> parts() {
        return operations;
    }

    /// The account's block of public access is of the account, and who may change it may take it away.
    @Override
    public List<Access> wants(OperationSchema operation, Struct input, List<Access> reference) {
        return switch (operation.name()) {
            case "GetPublicAccessBlock" -> List.of(Access.of("s3:GetAccountPublicAccessBlock", "*"));
            case "PutPublicAccessBlock", "DeletePublicAccessBlock" ->
                List.of(Access.of("s3:PutAccountPublicAccessBlock", "*"));
            default -> reference;
        };
    }
}
