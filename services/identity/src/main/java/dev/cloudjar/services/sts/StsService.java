package dev.cloudjar.services.sts;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.ResourcePolicy.Kind;
import dev.cloudjar.kernel.Roles;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Sessions;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// AWS STS: temporary credentials for roles, users and whom an identity provider vouches for.
public final class StsService implements Service, Roles {
    static final String ID = "sts";

    private static final Duration USUAL = Duration.ofHours(1);

    /// What is shorter is too short for AWS's common framework.
    private static final int SHORTEST_ARN = 20;

    private final Kernel kernel;

    public StsService(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<Api> parts() {
        var credentials = new Issuing(kernel);
        var federation = new Federation(kernel, credentials);
        return List.of(
                new Callers(kernel),
                new AssumeRole(credentials),
                new WebIdentities(kernel, federation),
                new SamlIdentities(kernel, federation),
                new RootSessions(kernel, credentials),
                new OwnTokens(kernel),
                new DelegatedTokens(kernel, credentials),
                new OwnSessions(kernel, credentials));
    }

    @Override
    public void refuseEarly(OperationSchema operation, Struct input) {
        if (!operation.facts().auth().contains("none")) {
            OwnSessions.checkReach(operation.name());
        }
        if (input.get("RoleArn") instanceof String role && role.length() >= SHORTEST_ARN && !isRole(role)) {
            throw Issuing.VALIDATION.because("Request ARN is invalid");
        }
    }

    private static boolean isRole(String text) {
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("iam"))
                .filter(arn -> arn.resource().startsWith("role/"))
                .isPresent();
    }

    /// Who one is, anybody may ask; whoever has a session policy or a federated name to give needs no more.
    @Override
    public List<Access> wants(OperationSchema operation, Struct input, List<Access> reference) {
        return switch (operation.name()) {
            case "GetCallerIdentity", "GetSessionToken", "GetAccessKeyInfo" -> List.of();
            case "AssumeRole" -> Wanted.toAssume(input);
            case "AssumeRoot" -> Wanted.toAssumeRoot(input);
            default -> reference;
        };
    }

    /// A role that does not exist trusts nobody.
    @Override
    public Optional<ResourcePolicy> policy(Arn resource) {
        if (resource.resource().equals("root")) {
            return RootSessions.policy(kernel, resource);
        }
        boolean role = resource.service().equals("iam") && resource.resource().startsWith("role/");
        return role
                ? Optional.of(new ResourcePolicy(
                        kernel.port(Identities.class)
                                .flatMap(port -> port.role(resource))
                                .map(Identities.Role::trust)
                                .orElse(""),
                        Kind.ROLE))
                : Optional.empty();
    }

    /// A session for a service that a role trusts.
    @Override
    public Credentials assume(Arn arn, String sessionName, String service) {
        Identities.Role role = role(arn);
        Call.current().as(Principal.service(service)).run(() -> {
            kernel.require(Access.of("sts:AssumeRole", arn));
            return true;
        });
        return session(role, sessionName, kernel.time().now().plus(USUAL));
    }

    @Override
    public Credentials session(Arn arn, String sessionName, Instant expires) {
        return session(role(arn), sessionName, expires);
    }

    private Identities.Role role(Arn arn) {
        return kernel.port(Identities.class)
                .flatMap(port -> port.role(arn))
                .orElseThrow(() -> Issuing.denied("The role " + arn + " does not exist."));
    }

    private Credentials session(Identities.Role role, String sessionName, Instant expires) {
        Principal who = new Issuing(kernel).session(role, sessionName, Issuing.Narrowing.NONE);
        Sessions.Issued issued = new Sessions(kernel).issue(who, expires);
        return new Credentials(who, issued.accessKeyId(), issued.secret(), issued.token(), expires);
    }
}
