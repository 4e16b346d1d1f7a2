package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A decision that was made, for those who ask why.
///
/// @param access what was asked for, with the condition keys to which a policy would narrow it
/// @param refusal what AWS says of it; empty where it was allowed
/// @param enforced whether a refusal was more than noted
public record Ruling(
        String requestId,
        Instant at,
        Principal principal,
        Access access,
        Decision decision,
        String refusal,
        boolean enforced) {
    public String action() {
        return access.action();
    }

    public String resource() {
        return access.resource();
    }

    /// What policies of identities call the resource.
    public String name() {
        return access.name();
    }

    public Map<String, List<String>> keys() {
        return access.keys();
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
