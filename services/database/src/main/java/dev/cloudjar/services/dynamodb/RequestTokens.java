package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.IDEMPOTENT_PARAMETER_MISMATCH_EXCEPTION;

import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The tokens by which clients repeat a transaction without making it twice, for ten minutes.
final class RequestTokens {
    private static final Duration KEPT = Duration.ofMinutes(10);

    /// A token, and the digest of the request that it came with.
    record RequestToken(String key, Blob request, Instant end) implements Expiring<String> {
        @Override
        public Optional<Instant> until() {
            return Optional.of(end);
        }
    }

    private final Kernel kernel;
    private final Table<String, RequestToken> tokens;

    RequestTokens(Kernel kernel) {
        this.kernel = kernel;
        this.tokens = kernel.table(RequestToken.class, Scope.REGION);
    }

    /// Whether this very request was made before with `token`; refuses another request with it.
    boolean isRepeated(String token, Struct request) {
        Blob digest = digest(request);
        Optional<RequestToken> before = tokens.find(token);
        if (before.isEmpty()) {
            tokens.put(new RequestToken(token, digest, kernel.time().now().plus(KEPT)));
            return false;
        }
        if (!before.get().request().equals(digest)) {
            throw IDEMPOTENT_PARAMETER_MISMATCH_EXCEPTION.because(
                    "The request uses the same client token as a previous, but non-identical request. Do not reuse a"
                            + " client token with different requests, unless the requests are identical");
        }
        return true;
    }

    /// Over the text of the request, and its hash, since the text does not show binary values.
    private static Blob digest(Struct request) {
        return Blob.of(Digests.sha256(request.toString() + request.hashCode()));
    }
}
