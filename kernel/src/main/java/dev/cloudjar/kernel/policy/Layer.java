package dev.cloudjar.kernel.policy;

/// The kinds of policy that take part in a decision, in the words of AWS's refusals.
public enum Layer {
    RESOURCE_CONTROL("a resource control policy", "resource control policy"),
    SERVICE_CONTROL("a service control policy", "service control policy"),
    ENDPOINT("a VPC endpoint policy", "VPC endpoint policy"),
    RESOURCE("a resource-based policy", "resource-based policy"),
    TRUST("the role trust policy", "role trust policy"),
    IDENTITY("an identity-based policy", "identity-based policy"),
    BOUNDARY("a permissions boundary", "permissions boundary"),
    SESSION("a session policy", "session policy");

    private final String some;
    private final String kind;

    Layer(String some, String kind) {
        this.some = some;
        this.kind = kind;
    }

    /// Whether it speaks of the resource from the resource's side, by the name that this has for itself.
    boolean isOfResource() {
        return this == RESOURCE || this == TRUST || this == RESOURCE_CONTROL;
    }

    public String title() {
        return kind;
    }

    /// The end of a refusal that no policy of this kind prevented.
    String missing(String action) {
        return "because no " + kind + " allows the " + action + " action";
    }

    String denying() {
        return "with an explicit deny in " + some;
    }
}
