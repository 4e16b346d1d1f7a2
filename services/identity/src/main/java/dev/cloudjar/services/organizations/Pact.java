package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations.HandshakeState;
import dev.cloudjar.kernel.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A handshake: what an organization asks of an account, and what came of it.
///
/// @param account who is asked; nobody but the organization itself where all features are to be enabled
record Pact(String key, String organization, String account, String action, Terms terms, Answer answer)
        implements Row<String> {
    static final Duration OPEN_FOR = Duration.ofDays(15);

    /// What the invitation says: the e-mail by which the account was named, where it was, and notes.
    record Terms(Optional<String> email, String notes) {}

    /// The state as it was last said, and when the handshake was made.
    record Answer(String state, Instant requested) {}

    Instant expires() {
        return answer.requested().plus(OPEN_FOR);
    }

    String state(Instant now) {
        boolean open =
                answer.state().equals(HandshakeState.OPEN) || answer.state().equals(HandshakeState.REQUESTED);
        return open && !now.isBefore(expires()) ? HandshakeState.EXPIRED : answer.state();
    }

    Pact answered(String state) {
        return new Pact(key, organization, account, action, terms, new Answer(state, answer.requested()));
    }
}
