package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sessions that a user asks for with its own keys: for itself, or for somebody it vouches for.
final class OwnSessions implements Sts {
    private static final Duration USUAL = Duration.ofHours(12);
    private static final Duration ROOT = Duration.ofHours(1);

    private final Kernel kernel;
    private final Issuing issuing;

    OwnSessions(Kernel kernel, Issuing issuing) {
        this.kernel = kernel;
        this.issuing = issuing;
    }

    /// Refuses what such sessions cannot do, whatever policies say: those that a user has got for itself assume
    /// roles, and all say who they are.
    static void checkReach(String operation) {
        Principal caller = Call.current().principal();
        boolean federated = caller.kind() == Principal.Kind.FEDERATED_USER;
        boolean free = operation.equals("GetCallerIdentity") || operation.equals("AssumeRole") && !federated;
        if (!free && (federated || caller.hasOwnSession())) {
            throw withSession(operation);
        }
    }

    private static AwsError withSession(String operation) {
        return Issuing.denied("Cannot call " + operation + " with session credentials");
    }

    /// The caller, who must not have a session already.
    private static Principal caller(String operation) {
        Principal caller = Call.current().principal();
        if (!caller.session().isNone()) {
            throw withSession(operation);
        }
        return caller;
    }

    private static Duration lifetime(Principal caller, Optional<Integer> seconds) {
        Duration asked = seconds.map(Duration::ofSeconds).orElse(USUAL);
        boolean root = caller.kind() == Principal.Kind.ROOT;
        return root && asked.compareTo(ROOT) > 0 ? ROOT : asked;
    }

    @Override
    public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest in) {
        Principal caller = caller("GetSessionToken");
        boolean mfa = in.tokenCode().isPresent();
        issuing.checkMfa(caller, in.serialNumber(), in.tokenCode());
        var session = new Session(
                caller.arn(),
                kernel.time().now(),
                List.of(),
                Map.of(),
                List.of(),
                Map.of(Session.MFA, Boolean.toString(mfa)),
                Optional.empty());
        var who = new Principal(caller.arn(), caller.account(), caller.userId(), session);
        return new GetSessionTokenResponse()
                .credentials(issuing.credentials(who, lifetime(caller, in.durationSeconds())));
    }

    @Override
    public GetFederationTokenResponse getFederationToken(GetFederationTokenRequest in) {
        Principal caller = caller("GetFederationToken");
        List<String> policies = Issuing.policies(in);
        Map<String, String> tags = Issuing.tags(in.tags());
        var session = new Session(
                caller.arn(),
                kernel.time().now(),
                policies,
                tags,
                List.of(),
                Map.of("aws:federatedprovider", caller.arn()),
                Optional.empty());
        String partition = Arn.partition(Call.current().region());
        String arn = new Arn(partition, StsService.ID, "", caller.account(), "federated-user/" + in.name()).toString();
        var who = new Principal(arn, caller.account(), caller.account() + ':' + in.name(), session);
        return new GetFederationTokenResponse()
                .credentials(issuing.credentials(who, lifetime(caller, in.durationSeconds())))
                .federatedUser(new FederatedUser().federatedUserId(who.userId()).arn(arn))
                .packedPolicySize(Issuing.packed(policies, tags));
    }
}
