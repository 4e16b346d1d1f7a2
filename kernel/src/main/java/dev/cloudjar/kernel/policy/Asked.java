package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Values;
import java.util.Locale;

/// What policies are asked: may this principal do this action to this resource, of that account, in a request
/// with these condition keys? The resource is `*` where the action has none.
///
/// @param behind what the resource's own policy calls it, where that is not the name that identities know
public record Asked(Principal principal, String action, String resource, String owner, Values values, String behind) {
    public Asked(Principal principal, String action, String resource, String owner, Values values) {
        this(principal, action, resource, owner, values, resource);
    }

    /// The question as it is put to what stands behind the resource.
    Asked there() {
        return behind.equals(resource) ? this : new Asked(principal, action, behind, owner, values);
    }

    String actionKey() {
        return action.toLowerCase(Locale.ROOT);
    }

    /// Whether the resource is of another account than the principal.
    public boolean isCrossAccount() {
        return !owner.equals(principal.account());
    }
}
