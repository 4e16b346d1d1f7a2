package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Rates.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Buckets are full at first, go into debt rather than refuse half a taking, and fill by the world's clock.
class RatesTest {
    private static final Rate SLOW = new Rate(1, 3);

    @AutoClose
    private final World world = World.inMemory(World.Settings.DEFAULT, List.of());

    @BeforeEach
    void keepRates() {
        world.freezeClock();
        world.meter().keepRates(world.time());
    }

    private boolean has() {
        return world.background(() -> world.meter().rates().orElseThrow().has("b", SLOW));
    }

    private boolean take(double units) {
        return world.background(() -> {
            world.meter().rates().orElseThrow().take("b", SLOW, units);
            return true;
        });
    }

    @Test
    void aDebtIsPaidByTheClock() {
        take(4);

        assertThat(has()).isFalse();
        world.advanceClock(Duration.ofSeconds(1));
        assertThat(has()).isFalse();
        world.advanceClock(Duration.ofSeconds(1));
        assertThat(has()).isTrue();
    }

    @Test
    void aBucketHoldsNoMoreThanItsMost() {
        world.advanceClock(Duration.ofDays(1));
        take(3);

        assertThat(has()).isFalse();
    }

    @Test
    void aTransactionCountsWhatItIsToTake() {
        boolean left = world.asKernel(() -> {
            Rates rates = world.meter().rates().orElseThrow();
            rates.take("b", SLOW, 3);
            return rates.has("b", SLOW);
        });

        assertThat(left).isFalse();
        assertThat(has()).isFalse();
    }

    @Test
    void aTransactionThatIsRefusedTakesNothing() {
        try {
            world.asKernel(() -> {
                world.meter().rates().orElseThrow().take("b", SLOW, 3);
                throw new IllegalArgumentException("no");
            });
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessage("no");
        }

        assertThat(has()).isTrue();
    }
}
