package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations.HandshakeState;
import dev.cloudjar.api.Organizations.ResponsibilityTransferStatus;
import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.Optional;

/// That one management account takes over a responsibility for the organization of another, by a handshake.
///
/// @param source whose organization it is about
/// @param target who takes over
/// @param end when it was told to end, once it was
record Transfer(
        String key, String name, String handshake, String source, String target, Instant start, Optional<Instant> end)
        implements Row<String> {
    static final String TYPE = "BILLING";

    Transfer named(String other) {
        return new Transfer(key, other, handshake, source, target, start, end);
    }

    Transfer ending(Instant at) {
        return new Transfer(key, name, handshake, source, target, start, Optional.of(at));
    }

    /// How it stands, where its handshake stands at `state`.
    String status(String state) {
        if (end.isPresent()) {
            return ResponsibilityTransferStatus.WITHDRAWN;
        }
        return state.equals(HandshakeState.OPEN) ? ResponsibilityTransferStatus.REQUESTED : state;
    }
}
