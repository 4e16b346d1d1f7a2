package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import java.time.Instant;
import java.util.Optional;

/// Temporary access that a customer delegates to a partner of AWS. The port of IAM.
public interface Delegations {
    /// What a trade-in token stands for: in whose name `partner` may act, as far as `policy` goes, and until
    /// when.
    record Delegated(String partner, Principal approver, String policy, Instant until) {}

    /// What a token that this world has sent stands for.
    Optional<Delegated> delegated(String token);

    /// Knows a policy template of the call's account under its ARN, as AWS does once a partner has been
    /// onboarded.
    void know(String arn, String template);
}
