package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.model.AwsError;

/// IAM's refusals, where several operations share the wording.
final class Refusals {
    static final AwsError.Code VALIDATION = AwsError.Code.of("ValidationError", 400);

    static final AwsError.Code ACCESS_DENIED = AwsError.Code.of("AccessDenied", 403);

    private Refusals() {}

    static AwsError missing(Sort sort, String name) {
        return Iam.NO_SUCH_ENTITY_EXCEPTION.because("The " + sort.wire() + " with name " + name + " cannot be found.");
    }

    static AwsError missing(String text) {
        return Iam.NO_SUCH_ENTITY_EXCEPTION.because(text);
    }

    static AwsError exists(String text) {
        return Iam.ENTITY_ALREADY_EXISTS_EXCEPTION.because(text);
    }

    /// `what` must be done before the entity can be deleted.
    static AwsError conflict(String what) {
        return Iam.DELETE_CONFLICT_EXCEPTION.because("Cannot delete entity, must " + what + " first.");
    }

    static AwsError overQuota(String quota, int limit) {
        return Iam.LIMIT_EXCEEDED_EXCEPTION.because("Cannot exceed quota for " + quota + ": " + limit);
    }

    static AwsError invalid(String text) {
        return Iam.INVALID_INPUT_EXCEPTION.because(text);
    }
}
