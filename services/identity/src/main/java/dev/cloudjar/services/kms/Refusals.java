package dev.cloudjar.services.kms;

import dev.cloudjar.model.AwsError;

/// What KMS refuses that its model does not name.
final class Refusals {
    static final AwsError.Code INVALID = AwsError.Code.of("ValidationException", 400);

    private Refusals() {}
}
