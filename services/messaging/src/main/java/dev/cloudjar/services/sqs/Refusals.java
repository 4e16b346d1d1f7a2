package dev.cloudjar.services.sqs;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Struct;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The refusals that SQS answers without modelling them, in its own wording.
final class Refusals {
    static final Code INVALID_PARAMETER_VALUE =
            new Code("InvalidParameterValueException", "InvalidParameterValue", 400, true, Optional.empty());
    static final Code MISSING_PARAMETER =
            new Code("MissingRequiredParameterException", "MissingParameter", 400, true, Optional.empty());

    private static final String BATCH_MEMBER = "Entries";

    private Refusals() {}

    static AwsError invalid(Object value, String parameter, String reason) {
        return INVALID_PARAMETER_VALUE.because(
                "Value %s for parameter %s is invalid. Reason: %s", value, parameter, reason);
    }

    static AwsError wrongQueueType(Object value, String parameter) {
        return invalid(value, parameter, "The request include parameter that is not valid for this queue type.");
    }

    static AwsError missing(String parameter) {
        return MISSING_PARAMETER.because("The request must contain the parameter %s.", parameter);
    }

    /// Refuses a request that lacks a required member, or has it empty; `prefix` leads to the member. The entries
    /// of a batch have an error of their own.
    static void checkRequired(Struct in, String prefix) {
        for (Member member : in.shape().members()) {
            if (member.is(Trait.REQUIRED)
                    && isEmpty(in.get(member))
                    && !member.name().equals(BATCH_MEMBER)) {
                throw missing(prefix + member.name());
            }
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }
}
