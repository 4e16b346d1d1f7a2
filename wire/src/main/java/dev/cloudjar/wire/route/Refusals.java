package dev.cloudjar.wire.route;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.auth.S3Error;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.Routing.Refused;
import java.util.Optional;

/// What AWS answers to a request that is for none of its operations.
final class Refusals {
    private Refusals() {}

    static AwsError tooLarge(long limit) {
        return AwsError.Code.of("RequestEntityTooLarge", 413)
                .because("The request body must not exceed " + limit + " bytes.");
    }

    static Refused noOperation(Protocol protocol, Optional<ServiceSchema.Facts> service) {
        int status = protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML ? 404 : 400;
        return new Refused(AwsError.Code.of("UnknownOperationException", status).because(""), protocol, service);
    }

    static Refused noAction(String action, Protocol protocol, ServiceSchema.Facts service) {
        AwsError error = AwsError.Code.of("InvalidAction", 400)
                .because("The action " + action + " is not valid for this web service.");
        return new Refused(error, protocol, Optional.of(service));
    }

    static Refused missingAction(Protocol protocol, ServiceSchema.Facts service) {
        AwsError error =
                AwsError.Code.of("MissingAction", 400).because("The request must contain the parameter Action.");
        return new Refused(error, protocol, Optional.of(service));
    }

    static Refused s3(HttpRequest request, S3Path path, ServiceSchema.Facts s3) {
        if (request.method().equals("POST") && path.resourceType().equals("BUCKET")) {
            AwsError form = S3Error.of(
                            "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
                    .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data")
                    .toError();
            return new Refused(form, Protocol.REST_XML, Optional.of(s3));
        }
        S3Error error = request.method().equals("OPTIONS")
                ? S3Error.of("BadRequest", 400, unasked(request))
                : S3Error.of("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
                        .with("Method", request.method())
                        .with("ResourceType", path.resourceType());
        return new Refused(error.toError(), Protocol.REST_XML, Optional.of(s3));
    }

    /// What is missing for a browser's question whether a page may ask.
    private static String unasked(HttpRequest request) {
        return request.headers().has("Origin")
                ? "Invalid Access-Control-Request-Method: null"
                : "Insufficient information. Origin request header needed.";
    }
}
