package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations.HandshakeState;
import dev.cloudjar.kernel.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A handshake: what an organization asks of an account, and what came of it.
///
/// @param account who is asked; nobody but the organization itself where all features are to be enabled
record Pact(String key, String organization, String account, String action, Terms terms, Answer answer)
        implements Row<String> {
    static final Duration OPEN_FOR = Duration.ofDays(15);

    /// What the invitation says: the e-mail by which the account was named, where it was, notes, the handshake of
    /// which it is a part, and the tags that the account is to have.
    record Terms(Optional<String> email, String notes, Optional<String> parent, Map<String, String> tags) {
        static final Terms NONE = of(Optional.empty(), Optional.empty());

        static Terms of(Optional<String> email, Optional<String> notes) {
            return new Terms(email, notes.orElse(""), Optional.empty(), Map.of());
        }

        static Terms under(String parent) {
            return new Terms(Optional.empty(), "", Optional.of(parent), Map.of());
        }

        Terms with(Map<String, String> others) {
            return new Terms(email, notes, parent, others);
        }
    }

    /// The state as it was last said, and when the handshake was made.
    record Answer(String state, Instant requested) {}

    Instant expires() {
        return answer.requested().plus(OPEN_FOR);
    }

    String state(Instant now) {
        return answer.state().equals(HandshakeState.OPEN) && !now.isBefore(expires())
                ? HandshakeState.EXPIRED
                : answer.state();
    }

    Pact answered(String state) {
        return new Pact(key, organization, account, action, terms, new Answer(state, answer.requested()));
    }
}
