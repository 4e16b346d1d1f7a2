package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// One AWS protocol, server side. Safe for concurrent use.
public interface ProtocolCodec {
    /// The input of `operation`. `uriLabels` holds the labels of the URI template with their text as it stands in
    /// the path, still percent-encoded. Throws [AwsError] with AWS's own 4xx on anything malformed, and
    /// [IOException] only where the request could not be received.
    Struct decode(OperationSchema operation, HttpRequest request, Map<String, String> uriLabels) throws IOException;

    /// The answer that carries `output`.
    HttpResponse encode(OperationSchema operation, Struct output, String requestId) throws IOException;

    /// The answer that refuses. `operation` is absent where the request named none that the service has.
    HttpResponse error(ServiceSchema service, Optional<OperationSchema> operation, AwsError error, String requestId);
}
