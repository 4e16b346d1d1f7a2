package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.model.AwsError;
import java.util.Optional;

/// Whom a call means that names no user: the one who makes it.
final class Caller {
    private static final AwsError.Code INVALID_KEY = AwsError.Code.of("InvalidClientTokenId", 403);

    private Caller() {}

    /// Refuses credentials that IAM does not know: those of federated users, and those that a user has got for
    /// itself without showing the code of a device.
    static void checkCredentials() {
        Principal caller = Call.current().principal();
        boolean proven = "true".equals(caller.session().facts().get(Session.MFA));
        if (caller.kind() == Principal.Kind.FEDERATED_USER || caller.hasOwnSession() && !proven) {
            throw INVALID_KEY.because("The security token included in the request is invalid.");
        }
    }

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
