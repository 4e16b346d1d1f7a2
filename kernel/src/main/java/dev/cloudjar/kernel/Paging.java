package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import java.util.Optional;
import java.util.function.Supplier;

/// What a listing is asked for: at most how many items, after which token; and AWS's error for a token that it
/// never gave.
public record Paging(int limit, Optional<String> token, Supplier<AwsError> badToken) {}
