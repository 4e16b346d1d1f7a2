package dev.cloudjar.kernel;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Sessions.Session;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A dropped lot is swept away in the background, whatever it holds, and nothing else is.
class LotsTest {
    @AutoClose
    private final Sessions sessions = Sessions.inMemory();

    @Test
    void aDroppedLotLeavesNothingBehindAndItsNeighbourEverything() {
        Lot dropped = sessions.kernel.lot();
        Lot kept = sessions.kernel.lot();
        sessions.in(() -> {
            for (int i = 0; i < 5_000; i++) {
                sessions.sessions.put(new Session(
                        new Session.Key(dropped, "user " + i),
                        Optional.of(sessions.world.time().now().plus(ofDays(1)))));
            }
            return true;
        });
        sessions.put(kept, "ann", Optional.empty());

        sessions.in(() -> {
            sessions.kernel.drop(dropped);
            return true;
        });
        assertThat(sessions.stored(Session.class)).isGreaterThan(1);
        sessions.world.advanceClock(Duration.ZERO);

        assertThat(sessions.users(dropped)).isEmpty();
        assertThat(sessions.stored(Session.class)).isEqualTo(1);
        assertThat(sessions.users(kept)).containsExactly("ann");
        sessions.world.advanceClock(ofDays(2));
        assertThat(sessions.stored(Expiry.End.class)).isZero();
        assertThat(sessions.farewells()).isEmpty();
    }
}
