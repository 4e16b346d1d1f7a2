package dev.cloudjar.testkit;

import java.time.Instant;
import java.util.Optional;

/// A call that reached an operation. `service` is the id that the AWS CLI has for it (`sqs`), `at` the cloud's
/// time, `caller` the ARN of who called, empty where the call was refused before that was known, `error` the
/// code of the error it was answered with.
public record ApiCall(
        String requestId,
        Instant at,
        String service,
        String operation,
        String account,
        String region,
        String caller,
        Optional<String> error) {

    /// `2030-01-01T00:00:00Z sqs SendMessage of arn:aws:iam::000000000000:root in us-east-1: QueueDoesNotExist`.
    @Override
    public String toString() {
        return at + " " + service + " " + operation + (caller.isEmpty() ? "" : " of " + caller)
                + (region.isEmpty() ? "" : " in " + region)
                + error.map(code -> ": " + code).orElse("");
    }
}
