package dev.cloudjar.wire.route;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.auth.Endpoint;
import dev.cloudjar.wire.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/// What the router made of a request.
public sealed interface Routing {
    /// An operation, its URI labels as they stand in the path, still percent-encoded, and the request to decode:
    /// the one that came, or one with the same body in memory. `region` is the one that a host of AWS's own names.
    record Route(
            OperationSchema operation,
            Protocol protocol,
            Map<String, String> labels,
            Optional<String> region,
            HttpRequest request)
            implements Routing {
        public Endpoint endpoint() {
            return new Endpoint(operation, protocol, region);
        }

        /// Whether this is a browser's upload to S3: a `multipart/form-data` body with the object among its fields.
        public boolean isForm() {
            return request.method().equals("POST") && operation.name().equals("PutObject");
        }
    }

    /// No operation: the error to answer, in the protocol that the caller seems to speak. `service` is there where
    /// it is known which service was meant.
    record Refused(AwsError error, Protocol protocol, Optional<ServiceSchema.Facts> service) implements Routing {}
}
