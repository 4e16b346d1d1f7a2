package dev.cloudjar.wire.auth;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Details;

/// An error of S3 whose document carries more elements than code and message, which no model names.
public final class S3Error {
    private final AwsError.Code code;
    private final String message;
    private final Details details = new Details();

    private S3Error(AwsError.Code code, String message) {
        this.code = code;
        this.message = message;
    }

    public static S3Error of(String code, int status, String message) {
        return new S3Error(AwsError.Code.of(code, status), message);
    }

    public S3Error with(String element, String value) {
        details.and(element, value);
        return this;
    }

    public AwsError toError() {
        return details.refuse(code, message);
    }
}
