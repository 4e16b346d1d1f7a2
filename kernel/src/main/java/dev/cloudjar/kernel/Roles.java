package dev.cloudjar.kernel;

import java.time.Duration;
import java.time.Instant;

/// Credentials of roles, for services that act in a role's name or hand its credentials to what they run: the
/// port of STS.
public interface Roles {
    /// Temporary credentials and whose they are.
    record Credentials(Principal principal, String accessKeyId, String secret, String token, Instant expires) {
        @Override
        public String toString() {
            return "Credentials[" + principal.arn() + "]";
        }
    }

    /// A session of `role` for `service` (`lambda.amazonaws.com`), refused with AWS's error where the role does
    /// not trust it.
    Credentials assume(Arn role, String sessionName, String service);

    /// What a service wants of a session: how long, what narrows it, for whom it is, as `aws:SourceIdentity`
    /// tells, and for the sake of which resource.
    record Wish(String sessionName, Duration lifetime, String policy, String sourceIdentity, Arn source) {}

    /// A session of `role` for `service` as it wishes, refused where the role does not trust it or ends sooner.
    Credentials assume(Arn role, String service, Wish wish);

    /// A session of `role` until `expires`, whomever the role trusts: for whoever owns the world.
    Credentials session(Arn role, String sessionName, Instant expires);
}
