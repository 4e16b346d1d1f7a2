package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.model.AwsError;
import org.jspecify.annotations.Nullable;

/// The refusals that have no shape in DynamoDB's model.
public final class Refusals {
    private static final AwsError.Code VALIDATION = AwsError.Code.of("ValidationException", 400);
    private static final AwsError.Code SERIALIZATION = AwsError.Code.of("SerializationException", 400);

    private Refusals() {}

    public static AwsError invalid(String message, @Nullable Object... arguments) {
        return VALIDATION.because(message, arguments);
    }

    public static AwsError unreadable(String message) {
        return SERIALIZATION.because(message);
    }

    /// The commonest opening of DynamoDB's refusals.
    public static AwsError parameters(String message, @Nullable Object... arguments) {
        return VALIDATION.because("One or more parameter values were invalid: " + message, arguments);
    }
}
