package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import java.util.Optional;

/// Whom a call means that names no user: the one who makes it.
final class Caller {
    private Caller() {}

    /// The user that is named, or the caller; empty for the root of the account.
    static Optional<String> user(Optional<String> named) {
        if (named.isPresent()) {
            return named;
        }
        Principal caller = Call.current().principal();
        if (caller.kind() == Principal.Kind.USER) {
            return Optional.of(caller.arn().substring(caller.arn().lastIndexOf('/') + 1));
        }
        if (caller.kind() == Principal.Kind.ROOT) {
            return Optional.empty();
        }
        throw Refusals.VALIDATION.because("Must specify userName when calling with non-User credentials");
    }
}
