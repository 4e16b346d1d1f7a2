package dev.cloudjar.kernel.policy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import java.util.Optional;

/// How a service says that something is not allowed: its code and status follow from its protocol.
final class Denial {
    private static final AwsError.Code EC2 = AwsError.Code.of("UnauthorizedOperation", 403);
    private static final AwsError.Code XML = AwsError.Code.of("AccessDenied", 403);
    private static final AwsError.Code REST_JSON =
            new AwsError.Code("AccessDeniedException", "AccessDenied", 403, true, Optional.empty());
    private static final AwsError.Code JSON =
            new AwsError.Code("AccessDeniedException", "AccessDenied", 400, true, Optional.empty());

    private Denial() {}

    static AwsError of(ServiceSchema service, String message) {
        Protocol protocol = service.facts().protocols().getFirst();
        return switch (protocol) {
            case EC2_QUERY -> EC2.because("You are not authorized to perform this operation. " + message);
            case AWS_QUERY, REST_XML -> XML.because(message);
            case REST_JSON -> REST_JSON.because(message);
            case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR -> JSON.because(message);
        };
    }
}
