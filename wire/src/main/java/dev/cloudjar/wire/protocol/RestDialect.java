package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.Headers;
import java.util.Optional;

/// Where restJson and restXml differ: the form of bodies, errors and refusals.
interface RestDialect {
    BodyFormat format(ServiceSchema service);

    /// The form of the body of a request, which may demand more than that of an answer.
    default BodyFormat format(OperationSchema operation, Optional<Member> payload) {
        return format(operation.service());
    }

    /// The body of an answer whose members share one; `hasMembers` tells whether the model has any that do.
    Optional<Blob> document(OperationSchema operation, Struct output, boolean hasMembers);

    /// The root element of a payload.
    String root(OperationSchema operation, Member payload);

    void requestId(ServiceSchema service, String requestId, Headers into);

    void errorHeaders(ServiceSchema service, AwsError error, Headers into);

    Blob errorDocument(ServiceSchema service, AwsError error, String requestId);

    AwsError badParameter(ServiceSchema service, HttpRequestReader.BadParameter bad);

    AwsError badUri(ServiceSchema service);

    AwsError badBody(OperationSchema operation, Unreadable reason);
}
