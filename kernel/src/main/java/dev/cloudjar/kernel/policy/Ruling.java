package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import java.time.Instant;
import java.util.List;

/// A decision that was made, for those who ask why.
///
/// @param refusal what AWS says of it; empty where it was allowed
/// @param enforced whether a refusal was more than noted
public record Ruling(
        String requestId,
        Instant at,
        Principal principal,
        String action,
        String resource,
        Decision decision,
        String refusal,
        boolean enforced) {
    static Ruling of(String requestId, Instant at, Asked asked, Decision decision, boolean enforced) {
        return new Ruling(
                requestId,
                at,
                asked.principal(),
                asked.action(),
                asked.resource(),
                decision,
                decision.isAllowed() ? "" : decision.refusal(asked),
                enforced);
    }

    /// The user or role in whose name it was: what holds the policies.
    public String holder() {
        boolean session = principal.kind() == Principal.Kind.SESSION;
        return session ? principal.session().issuer() : principal.arn();
    }

    public List<Decision.Hit> hits() {
        return decision.hits();
    }
}
