package dev.cloudjar.services.ec2;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;

/// EC2's errors, which its model does not have.
final class Refusals {
    static final Code DRY_RUN = Code.of("DryRunOperation", 412);
    static final Code DEPENDENCY_VIOLATION = Code.of("DependencyViolation", 400);
    static final Code CANNOT_DELETE = Code.of("CannotDelete", 400);
    static final Code INVALID_COMBINATION = Code.of("InvalidParameterCombination", 400);
    static final Code INVALID_VALUE = Code.of("InvalidParameterValue", 400);
    static final Code MISSING_PARAMETER = Code.of("MissingParameter", 400);

    private static final Code NOT_IMPLEMENTED = Code.of("NotImplemented", 501);

    private Refusals() {}

    static AwsError invalid(Object value, String parameter, String reason) {
        return INVALID_VALUE.because("Value (%s) for parameter %s is invalid. %s", value, parameter, reason);
    }

    static AwsError missing(String parameter) {
        return MISSING_PARAMETER.because("The request must contain the parameter %s", parameter);
    }

    /// For a parameter that asks for what Cloudjar does not have yet.
    static AwsError notYet(String parameter) {
        return NOT_IMPLEMENTED.because("Cloudjar does not implement the parameter %s yet.", parameter);
    }
}
