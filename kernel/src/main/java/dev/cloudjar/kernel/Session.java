package dev.cloudjar.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What temporary credentials say beyond who holds them. A principal with credentials of its own has an empty
/// one.
///
/// @param issuer the ARN of the role that was assumed, or of the user who asked for the session
/// @param issued when, which is `aws:TokenIssueTime`
/// @param policies what narrows the session: documents, and ARNs of managed policies
/// @param tags session tags, which count before those of the role or user
/// @param transitive the keys of those tags that a chained session keeps
/// @param facts further condition keys in lower case: `aws:multifactorauthpresent`, `aws:sourceidentity` …
/// @param expires when it ends, once its credentials are issued
public record Session(
        String issuer,
        Instant issued,
        List<String> policies,
        Map<String, String> tags,
        List<String> transitive,
        Map<String, String> facts,
        Optional<Instant> expires) {
    /// The fact that says whether the caller has shown the code of a device.
    public static final String MFA = "aws:multifactorauthpresent";

    public static final Session NONE =
            new Session("", Instant.EPOCH, List.of(), Map.of(), List.of(), Map.of(), Optional.empty());

    public Session {
        policies = List.copyOf(policies);
        transitive = List.copyOf(transitive);
    }

    public boolean isNone() {
        return issuer.isEmpty();
    }
}
