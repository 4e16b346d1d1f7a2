package dev.cloudjar.kernel;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Sessions.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A row that says until when it lives is gone from then on: for readers at once, from the store soon after.
class ExpiringTest {
    @AutoClose
    private final Sessions sessions = Sessions.inMemory();

    private final Lot lot = sessions.kernel.lot();

    @Test
    void aRowIsSeenUntilItsEndAndNotFromItOn() {
        Session session = sessions.put(lot, "ann", ofSeconds(10));
        sessions.put(lot, "ever", Optional.empty());

        sessions.world.advanceClock(ofSeconds(10).minusNanos(1));
        assertThat(sessions.users(lot)).containsExactly("ann", "ever");
        sessions.world.advanceClock(Duration.ofNanos(1));

        assertThat(sessions.users(lot)).containsExactly("ever");
        sessions.in(() -> {
            assertThat(sessions.sessions.find(session.key())).isEmpty();
            assertThat(sessions.sessions.has(session.key())).isFalse();
            assertThat(sessions.sessions.count(Span.under(lot))).isEqualTo(1);
            assertThat(sessions.sessions.update(session.key(), s -> s)).isEmpty();
            assertThat(sessions.sessions.remove(session.key())).isFalse();
            return true;
        });
    }

    @Test
    void theNameOfARowThatIsOverIsFree() {
        Session session = sessions.put(lot, "ann", ofSeconds(10));
        assertThat(sessions.<Boolean>in(() -> sessions.sessions.create(session)))
                .isFalse();
        sessions.world.advanceClock(ofSeconds(10));

        boolean created = sessions.in(() -> sessions.sessions.create(new Session(session.key(), Optional.empty())));

        assertThat(created).isTrue();
        sessions.world.advanceClock(ofDays(1));
        assertThat(sessions.users(lot)).containsExactly("ann");
        assertThat(sessions.farewells()).isEmpty();
    }

    @Test
    void whatIsOverIsSweptAwayWithinAMinuteAndItsOwnerToldOnce() {
        for (int i = 0; i < 2500; i++) {
            sessions.put(lot, "user %04d".formatted(i), ofSeconds(i % 2 == 0 ? 30 : 300));
        }
        sessions.world.advanceClock(ofMinutes(2));

        assertThat(sessions.stored(Session.class)).isEqualTo(1250);
        assertThat(sessions.stored(Expiry.End.class)).isEqualTo(1250);
        assertThat(sessions.farewells())
                .hasSize(1250)
                .doesNotHaveDuplicates()
                .allMatch(user -> user.matches(".*[02468]"));

        sessions.world.advanceClock(ofDays(1));
        assertThat(sessions.stored(Session.class)).isZero();
        assertThat(sessions.stored(Expiry.End.class)).isZero();
        assertThat(sessions.stored(Expiry.Sweep.class)).isZero();
        assertThat(sessions.farewells()).hasSize(2500).doesNotHaveDuplicates();
    }

    @Test
    void aRowThatGetsAnotherEndHasOnlyThat() {
        Session session = sessions.put(lot, "ann", ofMinutes(1));
        sessions.put(lot, "ann", ofMinutes(10));
        assertThat(sessions.stored(Expiry.End.class)).isEqualTo(1);
        sessions.world.advanceClock(ofMinutes(5));
        assertThat(sessions.users(lot)).containsExactly("ann");

        sessions.put(lot, "ann", Optional.empty());

        sessions.world.advanceClock(ofDays(1));
        assertThat(sessions.users(lot)).containsExactly("ann");
        assertThat(sessions.stored(Expiry.End.class)).isZero();
        sessions.put(lot, "bob", ofMinutes(1));
        sessions.in(() -> sessions.sessions.remove(new Session.Key(lot, "bob")));
        assertThat(sessions.stored(Expiry.End.class)).isZero();
        assertThat(session.until()).isPresent();
    }

    @Test
    void rowsOfAnotherRegionAreToldOfThere() {
        Calls.as(
                "222222222222",
                "us-west-2",
                () -> sessions.kernel.transact(() -> sessions.sessions.put(new Session(
                        new Session.Key(lot, "eve"),
                        Optional.of(sessions.world.time().now().plusSeconds(1))))));

        sessions.world.advanceClock(ofMinutes(2));

        assertThat(sessions.farewells()).isEmpty();
        assertThat(Calls.<Long>as(
                        "222222222222",
                        "us-west-2",
                        () -> sessions.kernel.transact(() -> sessions.farewells.count(Span.ALL))))
                .isEqualTo(1);
    }

    @Test
    void everyHistoryAgreesWithAMapOfEnds() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            Lot own = sessions.kernel.lot();
            Map<String, Long> model = new HashMap<>();
            long second = 0;
            for (int step = 0; step < 60; step++) {
                String user = "user " + random.nextInt(8);
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        int life = random.nextInt(200);
                        sessions.put(own, user, ofSeconds(life));
                        model.put(user, second + life);
                    }
                    case 2 -> {
                        sessions.in(() -> sessions.sessions.remove(new Session.Key(own, user)));
                        model.remove(user);
                    }
                    default -> {
                        int passed = random.nextInt(90);
                        sessions.world.advanceClock(ofSeconds(passed));
                        second += passed;
                    }
                }
                long now = second;
                List<String> alive = new ArrayList<>();
                model.forEach((name, end) -> {
                    if (end > now) {
                        alive.add(name);
                    }
                });
                assertThat(sessions.users(own))
                        .as("seed %d step %d", seed, step)
                        .containsExactlyInAnyOrderElementsOf(alive);
                assertThat(sessions.<Long>in(() -> sessions.sessions.count(Span.under(own))))
                        .isEqualTo(alive.size());
            }
        }
    }
}
