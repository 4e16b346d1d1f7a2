package dev.cloudjar.kernel;

/// The policy of a resource as text.
public record ResourcePolicy(String text, Kind kind) {
    /// What a policy is attached to.
    public enum Kind {
        /// Something that identities are allowed to use by their own policies as well.
        PLAIN,
        /// A KMS key: what an identity is allowed counts only if the key's policy leaves it to the account.
        KEY,
        /// A role: the same, for whoever asks to assume it.
        ROLE
    }

    public static ResourcePolicy of(String text) {
        return new ResourcePolicy(text, Kind.PLAIN);
    }
}
