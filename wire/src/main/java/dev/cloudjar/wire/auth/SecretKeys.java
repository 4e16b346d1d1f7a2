package dev.cloudjar.wire.auth;

import java.time.Instant;
import java.util.Optional;

/// The access keys that were issued, by IAM, STS or whoever else issues some.
@FunctionalInterface
public interface SecretKeys {
    /// A cloud that has issued no key.
    SecretKeys NONE = accessKeyId -> Optional.empty();

    Optional<SecretKey> find(String accessKeyId);

    /// The key as it is with this session token, for keys that are known by their token alone.
    default Optional<SecretKey> find(String accessKeyId, Optional<String> sessionToken) {
        return find(accessKeyId);
    }

    /// The secret of an issued key. A temporary one needs its `sessionToken` in every request until `expires`;
    /// one that is no longer `active` was deleted or deactivated, and is refused as if it had never been.
    record SecretKey(String secret, Optional<String> sessionToken, Optional<Instant> expires, boolean active) {
        public static SecretKey of(String secret) {
            return new SecretKey(secret, Optional.empty(), Optional.empty(), true);
        }

        public static SecretKey temporary(String secret, String sessionToken, Instant expires) {
            return new SecretKey(secret, Optional.of(sessionToken), Optional.of(expires), true);
        }

        @Override
        public String toString() {
            return "SecretKey[***]";
        }
    }
}
