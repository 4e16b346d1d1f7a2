package dev.cloudjar.wire.fault;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a service refuses one request too many: the error that its operation models, or else that of its protocol.
final class TooMany {
    private static final List<String> MODELLED = List.of(
            "ThrottlingException",
            "ThrottledException",
            "TooManyRequestsException",
            "RequestThrottled",
            "RequestLimitExceeded",
            "ThrottledClientException",
            "ProvisionedThroughputExceededException");

    /// Services that say it in words of their own.
    private static final Map<String, AwsError.Code> OWN = Map.of(
            "ec2", AwsError.Code.of("RequestLimitExceeded", 503),
            "s3", AwsError.Code.of("SlowDown", 503),
            "sns", AwsError.Code.of("Throttling", 400));

    private static final Map<String, String> WORDS = Map.of(
            "RequestLimitExceeded", "Request limit exceeded.",
            "SlowDown", "Please reduce your request rate.",
            "RequestThrottled", "Request was throttled.");

    private TooMany() {}

    static AwsError error(OperationSchema operation) {
        AwsError.Code code = Optional.ofNullable(OWN.get(operation.service().id()))
                .or(() -> modelled(operation))
                .orElseGet(() -> ofProtocol(operation.service()));
        return code.because("%s", WORDS.getOrDefault(code.code(), "Rate exceeded"));
    }

    private static Optional<AwsError.Code> modelled(OperationSchema operation) {
        return MODELLED.stream()
                .flatMap(name ->
                        operation.errors().stream().filter(shape -> shape.name().equals(name)))
                .findFirst()
                .map(AwsError.Code::of);
    }

    private static AwsError.Code ofProtocol(ServiceSchema service) {
        return switch (service.facts().protocols().getFirst()) {
            case AWS_QUERY -> AwsError.Code.of("Throttling", 400);
            case EC2_QUERY -> AwsError.Code.of("RequestLimitExceeded", 503);
            case REST_JSON -> AwsError.Code.of("TooManyRequestsException", 429);
            default -> AwsError.Code.of("ThrottlingException", 400);
        };
    }
}
