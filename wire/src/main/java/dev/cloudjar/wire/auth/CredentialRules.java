package dev.cloudjar.wire.auth;

import dev.cloudjar.wire.auth.SecretKeys.SecretKey;
import java.util.Optional;

/// Whom an access key stands for, and whether its signature must be right.
///
/// An issued key is always checked. Twelve digits are the root of that account and any other unknown key is the
/// root of `defaultAccount`, both unchecked, unless `strict`, which knows issued keys alone.
public record CredentialRules(String defaultAccount, boolean strict) {
    public static final CredentialRules LENIENT = new CredentialRules("000000000000", false);
    public static final CredentialRules STRICT = new CredentialRules("000000000000", true);

    /// What a key is to us.
    public sealed interface Standing {}

    /// Root of `account`, whatever the signature says.
    public record Root(String account) implements Standing {}

    /// An issued key, whose signature must verify.
    public record Issued(SecretKey key) implements Standing {}

    /// A key that does not exist, or no longer does.
    public record Unknown() implements Standing {}

    public Standing of(String accessKeyId, Optional<String> token, SecretKeys keys) {
        Optional<SecretKey> issued = keys.find(accessKeyId, token);
        if (issued.isPresent()) {
            return issued.get().active() ? new Issued(issued.get()) : new Unknown();
        }
        return strict ? new Unknown() : new Root(isAccount(accessKeyId) ? accessKeyId : defaultAccount);
    }

    private static boolean isAccount(String accessKeyId) {
        return accessKeyId.length() == 12 && accessKeyId.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
