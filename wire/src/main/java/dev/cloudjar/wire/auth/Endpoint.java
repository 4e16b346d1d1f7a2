package dev.cloudjar.wire.auth;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import java.util.Optional;
import java.util.Set;

/// What a request was sent to, as far as signing cares. `region` is the one that the host names, where it names one
/// and means it.
public record Endpoint(OperationSchema operation, Protocol protocol, Optional<String> region) {
    private static final Set<String> S3_SIGNING_NAMES = Set.of("s3", "s3express", "s3-outposts", "s3-object-lambda");

    public static Endpoint of(OperationSchema operation, Protocol protocol) {
        return new Endpoint(operation, protocol, Optional.empty());
    }

    ServiceSchema.Facts service() {
        return operation.service().facts();
    }

    /// Whether S3's rules hold: paths as they are, hashes in a header, errors of its own.
    boolean isS3() {
        return S3_SIGNING_NAMES.contains(service().signingName());
    }

    /// Whether anyone may call the operation, signed or not. In S3 policies decide on anonymous callers, not we.
    boolean isPublic() {
        return service().id().equals("s3") || operation.facts().auth().stream().anyMatch(Endpoint::isNone);
    }

    /// Whether the body is not part of what is signed.
    boolean hasUnsignedBody() {
        return operation.facts().auth().contains("v4-unsigned-body");
    }

    /// Whether the operation's body may carry a checksum of its own. `CompleteMultipartUpload` and its like take
    /// one that is not of the body.
    boolean hasChecksums() {
        return operation
                .facts()
                .checksum()
                .filter(c -> c.requestRequired() || c.requestAlgorithmMember().isPresent())
                .isPresent();
    }

    boolean isCompressible() {
        return operation.facts().compressed();
    }

    boolean accepts(String signingName) {
        return signingName.equals(service().signingName())
                || signingName.equals(service().endpointPrefix())
                || (isS3() && S3_SIGNING_NAMES.contains(signingName));
    }

    private static boolean isNone(String auth) {
        return auth.equals("none") || auth.equals("smithy.api#noAuth");
    }
}
