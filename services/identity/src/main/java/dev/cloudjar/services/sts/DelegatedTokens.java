package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.policy.Delegations;
import dev.cloudjar.kernel.policy.Delegations.Delegated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Trades the token of a finalized delegation request for credentials: in the name of who approved it, and no
/// further than the request's policy.
record DelegatedTokens(Kernel kernel, Issuing issuing) implements Sts {
    @Override
    public GetDelegatedAccessTokenResponse getDelegatedAccessToken(GetDelegatedAccessTokenRequest in) {
        Instant now = kernel.time().now();
        Delegated delegated = kernel.port(Delegations.class)
                .flatMap(port -> port.delegated(in.tradeInToken()))
                .filter(found ->
                        found.partner().equals(Call.current().principal().account()))
                .orElseThrow(() -> Issuing.denied("The trade-in token is not valid."));
        if (!now.isBefore(delegated.until())) {
            throw EXPIRED_TRADE_IN_TOKEN_EXCEPTION.because(
                    "The trade-in token provided in the request has expired and can no longer be exchanged for"
                            + " credentials. Request a new token and retry the operation.");
        }
        Principal who = narrowed(delegated, now);
        Duration lifetime = Duration.between(now, delegated.until());
        Credentials credentials = Call.current().in(who.account()).run(() -> issuing.credentials(who, lifetime));
        return new GetDelegatedAccessTokenResponse()
                .credentials(credentials)
                .assumedPrincipal(who.session().issuer())
                .packedPolicySize(Issuing.packed(who.session().policies(), Map.of()));
    }

    private static Principal narrowed(Delegated delegated, Instant now) {
        Principal approver = delegated.approver();
        Session own = approver.session();
        var session = new Session(
                own.issuer(),
                now,
                List.of(delegated.policy()),
                own.tags(),
                own.transitive(),
                own.facts(),
                own.expires());
        return new Principal(approver.arn(), approver.account(), approver.userId(), session);
    }
}
