package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// AWS Secrets Manager. A secret is a row, each of its versions another, whose value is encrypted under a data
/// key of KMS.
public final class SecretsManagerService implements Service {
    static final String ID = "secretsmanager";

    private final Kernel kernel;
    private final Secrets secrets;
    private final SecretLife life;
    private final Rotations rotations;
    private final List<Api> parts;

    public SecretsManagerService(Kernel kernel) {
        this.kernel = kernel;
        this.secrets = new Secrets(kernel);
        this.rotations = new Rotations(kernel, secrets);
        var replication = new Replication(secrets);
        this.life = new SecretLife(kernel, secrets, replication);
        var listing = new Listing(kernel, secrets, life);
        this.parts = List.of(
                life,
                listing,
                new Values(kernel, secrets, listing),
                rotations,
                replication,
                new SecretPolicies(secrets),
                new Passwords(kernel));
    }

    @Override
    public List<Api> parts() {
        return parts;
    }

    /// The secret that a request names, in the account to which it belongs.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        return Optional.ofNullable((String) input.get("SecretId")).map(name -> {
            Call call = Call.current();
            Arn named = Arn.parse(name)
                    .filter(arn -> arn.service().equals(ID) && arn.region().equals(call.region()))
                    .orElseGet(() -> Arn.here(ID, "secret:" + name));
            return call.in(named.account(), named.region())
                    .run(() -> kernel.transact(() -> secrets.id(name).map(secrets.shelf()::arn)))
                    .orElse(named);
        });
    }

    @Override
    public Optional<ResourcePolicy> policy(Arn resource) {
        return with(resource, secret -> secret.profile().policy())
                .filter(text -> !text.isEmpty())
                .map(ResourcePolicy::of);
    }

    private <R> Optional<R> with(Arn resource, Function<Secret, R> work) {
        return Call.current()
                .in(resource.account(), resource.region())
                .run(() -> kernel.transact(() -> Secret.KIND
                        .idIn(resource)
                        .flatMap(secrets.shelf()::find)
                        .map(work)));
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(
                SecretLife.DELETE, life::delete,
                Rotations.ROTATE, rotations::rotateWhenDue,
                Rotations.STEP, rotations::answered);
    }

    @Override
    public List<Kind<?>> kinds() {
        return List.of(Secret.KIND);
    }
}
