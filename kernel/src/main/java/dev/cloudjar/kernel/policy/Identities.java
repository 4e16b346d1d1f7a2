package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What IAM and STS know of callers: whose a key is, and which policies bind whom. The port of IAM.
public interface Identities {
    /// An access key that was issued: its secret, who holds it, and until when. One that is no longer `active`
    /// was deleted, deactivated or revoked.
    record Credential(Principal principal, String secret, Instant expires, boolean active) {
        @Override
        public String toString() {
            return "Credential[" + principal.arn() + "]";
        }
    }

    /// A role, for whoever would assume it.
    record Role(String arn, String uniqueId, String trust, Duration longest) {}

    /// An identity provider: of OpenID Connect with its URL without scheme, client ids and thumbprints, or of
    /// SAML with its metadata.
    record Provider(String arn, String url, List<String> clients, List<String> thumbprints, String metadata) {}

    /// The role of that ARN, in whatever account.
    Optional<Role> role(Arn arn);

    /// The identity provider of that ARN.
    Optional<Provider> provider(Arn arn);

    /// The key, where this world issued it. A temporary one is nothing without its token.
    Optional<Credential> credential(String accessKeyId, Optional<String> token);

    /// Changes whenever the bindings of anybody in `account` do, and its keys; never to what it was before.
    long generation(String account);

    /// The policies that bind a user, a role's session or a federated user; none for one who is gone.
    Bindings bindings(Principal principal);

    /// Whether the management account of an organization may act as the root users of its members.
    boolean hasRootSessions(String organization);

    /// Notes that `who` used a key.
    void used(String accessKeyId, Principal who, String service, String region);
}
