package dev.cloudjar.wire.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a request says of its signature, read from the `Authorization` header or from the query of a presigned URL.
///
/// `timestamp` is the signing time as the string to sign writes it; `expires` is there in presigned URLs alone.
record Claim(
        Algorithm algorithm,
        CredentialScope scope,
        String signedHeaders,
        String signature,
        String timestamp,
        Optional<Duration> expires,
        Optional<String> sessionToken,
        boolean presigned) {
    Instant at() {
        Instant at = AmzDate.parse(timestamp);
        if (at == null) {
            throw new IllegalStateException("A claim's timestamp is checked when it is read");
        }
        return at;
    }

    boolean signs(String header) {
        int at = 0;
        while (at <= signedHeaders.length()) {
            int end = signedHeaders.indexOf(';', at);
            int stop = end < 0 ? signedHeaders.length() : end;
            if (stop - at == header.length() && signedHeaders.regionMatches(true, at, header, 0, stop - at)) {
                return true;
            }
            at = stop + 1;
        }
        return false;
    }
}
