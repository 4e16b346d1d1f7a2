package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Values;
import java.util.Locale;

/// What policies are asked: may this principal do this action to this resource, of that account, in a request
/// with these condition keys? The resource is `*` where the action has none.
public record Asked(Principal principal, String action, String resource, String owner, Values values) {
    String actionKey() {
        return action.toLowerCase(Locale.ROOT);
    }

    /// Whether the resource is of another account than the principal.
    public boolean isCrossAccount() {
        return !owner.equals(principal.account());
    }
}
