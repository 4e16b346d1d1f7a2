package dev.cloudjar.wire.auth;

import org.jspecify.annotations.Nullable;

/// The `Credential` of a signature: key, day, region, service and `aws4_request`. SigV4a has no region, which is
/// empty here.
public record CredentialScope(String accessKeyId, String date, String region, String service, String terminator) {
    public static final String TERMINATOR = "aws4_request";

    /// Reads `AKID/20150830/us-east-1/iam/aws4_request`, or null where it has another number of parts. A key may
    /// not hold a slash.
    static @Nullable CredentialScope parse(String credential, Algorithm algorithm) {
        int parts = algorithm == Algorithm.HMAC ? 5 : 4;
        String[] part = credential.split("/", -1);
        if (part.length != parts || part[0].isEmpty()) {
            return null;
        }
        return parts == 5
                ? new CredentialScope(part[0], part[1], part[2], part[3], part[4])
                : new CredentialScope(part[0], part[1], "", part[2], part[3]);
    }

    /// The scope as the string to sign writes it, without the key.
    String text() {
        return region.isEmpty()
                ? date + '/' + service + '/' + terminator
                : date + '/' + region + '/' + service + '/' + terminator;
    }
}
