package dev.cloudjar.kernel.policy;

import java.util.List;
import java.util.Optional;

/// All policies that have a say in one request.
///
/// @param identity those of the user and its groups, or of the role
/// @param session what narrows the session; of several, one must allow
/// @param controls those of the organization and of the VPC endpoint
/// @param resource that of the resource
public record Policies(
        List<Attached> identity,
        Optional<Attached> boundary,
        List<Attached> session,
        Controls controls,
        Optional<OfResource> resource) {
    public static final Policies NONE =
            new Policies(List.of(), Optional.empty(), List.of(), Controls.NONE, Optional.empty());

    /// What limits a call from outside of both accounts. An organization, from the root down to the account
    /// itself: at each level one policy must allow; no level, no limit. `service` levels are those of the
    /// caller's account, `resource` levels those of the resource's. And the VPC endpoint by which the call
    /// came, where it did.
    public record Controls(List<List<Attached>> service, List<List<Attached>> resource, Optional<Attached> endpoint) {
        public static final Controls NONE = new Controls(List.of(), List.of());

        public Controls(List<List<Attached>> service, List<List<Attached>> resource) {
            this(service, resource, Optional.empty());
        }

        public Controls through(Attached policy) {
            return new Controls(service, resource, Optional.of(policy));
        }
    }

    /// A resource's own policy. Where it is `needed`, what an identity is allowed counts only if this policy
    /// leaves it to the account: so it is with KMS keys and with the trust policies of roles.
    public record OfResource(Attached policy, boolean needed, Layer layer) {
        public static OfResource of(Attached policy) {
            return new OfResource(policy, false, Layer.RESOURCE);
        }
    }

    public Policies with(OfResource other) {
        return new Policies(identity, boundary, session, controls, Optional.of(other));
    }

    public Policies with(Controls others) {
        return new Policies(identity, boundary, session, others, resource);
    }
}
