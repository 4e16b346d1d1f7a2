package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Amazon S3 Control: what an account says of all its buckets, and access points to them. It shares S3's rows.
public final class S3ControlService implements Service {
    private final List<Api> operations;
    private final Jobs jobs;

    public S3ControlService(Kernel kernel) {
        var parts = Parts.of(kernel.as(S3Service.ID));
        this.jobs = new Jobs(parts);
        this.operations = List.of(
                new AccountSettings(parts),
                new BucketDoors(parts),
                jobs,
                new Lens(parts),
                new LensGroups(parts),
                new AccessGrants(parts),
                new GrantLocations(parts));
    }

    /// Who calls speaks for his own account and no other.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        Object account = input.get("AccountId");
        if (account != null && !account.equals(Call.current().principal().account())) {
            throw Refusals.denied();
        }
        return Optional.empty();
    }

    @Override
    public Map<String, Consumer<String>> longTasks() {
        return Map.of(Jobs.TASK, jobs::run);
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
