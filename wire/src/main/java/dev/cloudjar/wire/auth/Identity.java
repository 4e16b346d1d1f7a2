package dev.cloudjar.wire.auth;

import java.util.Optional;

/// Who a request says it is from, once that has been believed.
public sealed interface Identity {
    /// Signed with an access key. `rootOf` is the account whose root the key stands for; it is absent where the key
    /// was issued, and whoever issued it knows the principal. `region` and `service` are those of the credential
    /// scope; SigV4a may name no single region.
    record Signed(
            String accessKeyId,
            Optional<String> sessionToken,
            Optional<String> region,
            String service,
            Optional<String> rootOf,
            boolean presigned)
            implements Identity {}

    /// Not signed. `rootOf` is the account whose root the caller is taken for: absent where the operation is meant
    /// for anonymous callers, and for S3.
    record Anonymous(Optional<String> rootOf) implements Identity {}

    /// A bearer token, for the service to read.
    record Bearer(String token) implements Identity {}
}
