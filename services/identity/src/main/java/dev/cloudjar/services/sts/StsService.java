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
import java.util.Map;
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
        Identities.Role role = trusting(service, Access.of("sts:AssumeRole", arn));
        return session(role, sessionName, kernel.time().now().plus(USUAL), Issuing.Narrowing.NONE);
    }

    @Override
    public Credentials assume(Arn arn, String service, Wish wish) {
        Access wanted = Access.of("sts:AssumeRole", arn)
                .with("aws:SourceArn", wish.source().toString())
                .with("aws:SourceAccount", wish.source().account());
        Identities.Role role = trusting(service, wanted);
        trusting(service, new Access("sts:SetSourceIdentity", wanted.resource(), wanted.keys()));
        if (wish.lifetime().compareTo(role.longest()) > 0) {
            throw Issuing.VALIDATION.because(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        var narrowing = new Issuing.Narrowing(
                List.of(wish.policy()), Map.of(), List.of(), Map.of("aws:sourceidentity", wish.sourceIdentity()));
        return session(role, wish.sessionName(), kernel.time().now().plus(wish.lifetime()), narrowing);
    }

    private Identities.Role trusting(String service, Access wanted) {
        Identities.Role role = role(Arn.parse(wanted.resource()).orElseThrow());
        return Call.current().as(Principal.service(service)).run(() -> {
            kernel.require(wanted);
            return role;
        });
    }

    @Override
    public Credentials session(Arn arn, String sessionName, Instant expires) {
        return session(role(arn), sessionName, expires, Issuing.Narrowing.NONE);
    }

    private Identities.Role role(Arn arn) {
        return kernel.port(Identities.class)
                .flatMap(port -> port.role(arn))
                .orElseThrow(() -> Issuing.denied("The role " + arn + " does not exist."));
    }

    private Credentials session(
            Identities.Role role, String sessionName, Instant expires, Issuing.Narrowing narrowing) {
        Principal who = new Issuing(kernel).session(role, sessionName, narrowing);
        Sessions.Issued issued = new Sessions(kernel).issue(who, expires);
        return new Credentials(who, issued.accessKeyId(), issued.secret(), issued.token(), expires);
    }
}
