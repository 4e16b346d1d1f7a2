package dev.cloudjar.testkit;

import java.util.Optional;

/// With what an account's callers sign: an access key, its secret, and the token of a session.
record Secret(String accessKeyId, String secretAccessKey, Optional<String> token) {
    /// What every account's root user signs with.
    static Secret ofRoot(String account) {
        return new Secret(account, "secret", Optional.empty());
    }
}
