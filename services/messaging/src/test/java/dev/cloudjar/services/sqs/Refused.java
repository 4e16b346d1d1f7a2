package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.model.AwsError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What a refused call answered.
record Refused(String code, String message) {
    static Refused by(ThrowingCallable call) {
        AwsError error = catchThrowableOfType(AwsError.class, call);
        assertThat(error).as("the call was not refused").isNotNull();
        return new Refused(error.code().queryCode(), error.message());
    }
}
