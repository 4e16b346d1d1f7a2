package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Phase;
import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// What was asked of a multi-region access point, which takes its time: known by the token of its ARN, and the
/// same for whoever asks again with the same client token.
///
/// @param parameters what was asked, as a document
record GlobalRequest(
        String key, String client, String operation, Instant created, Phase<Status> phase, String parameters)
        implements Row<String> {
    /// What becomes of it.
    enum Status {
        INPROGRESS,
        SUCCEEDED
    }
}
