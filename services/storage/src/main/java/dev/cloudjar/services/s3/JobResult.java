package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.model.AwsError.Code;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a function said of a task of a job: that it is done, that it may be tried again, or that it has failed.
record JobResult(String code, String text) {
    private static final String SUCCEEDED = "Succeeded";
    private static final String TEMPORARY = "TemporaryFailure";
    private static final String PERMANENT = "PermanentFailure";
    private static final Set<String> CODES = Set.of(SUCCEEDED, TEMPORARY, PERMANENT);
    private static final int OK = 200;

    static JobResult of(@Nullable Object code, String text) {
        return code instanceof String known && CODES.contains(known) ? new JobResult(known, text) : invalid();
    }

    /// That a function returned what is no answer.
    static JobResult invalid() {
        return new JobResult(PERMANENT, "Invalid JSON returned in Lambda payload");
    }

    /// That a function has failed or did not end in time.
    static JobResult broken(String error) {
        return new JobResult(PERMANENT, "Lambda returned function error: " + Json.write(Map.of("errorMessage", error)));
    }

    boolean isTemporary() {
        return code.equals(TEMPORARY);
    }

    /// The result string of a task that is done; a report calls others by their code, though Lambda has answered
    /// well.
    String checked() {
        if (!code.equals(SUCCEEDED)) {
            throw Code.of(code, OK).because("%s", text);
        }
        return text;
    }
}
