package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sums are gathered and set down, and none is lost when the world closes.
class TallyTest {
    private static final Duration KEPT = Duration.ofDays(2);

    @TempDir
    Path home;

    private World open() {
        return World.open(home, World.Settings.DEFAULT, List.of());
    }

    private static Tally tally(World world) {
        return new Kernel(world, "s3").tally("requests", KEPT);
    }

    private static Map<String, Long> sums(World world, String subject) {
        return world.background(
                () -> world.transactions().run(() -> tally(world).of(subject)));
    }

    @Test
    void whatWasAddedIsThereWhenTheWorldIsOpenedAgain() {
        try (World world = open()) {
            for (int i = 0; i < 100; i++) {
                tally(world).add("a", "gets", 2);
            }
            tally(world).add("a", "puts", 1);
            tally(world).add("b", "gets", 1);
        }
        try (World world = open()) {
            tally(world).add("a", "gets", 5);
            tally(world).setDown();

            assertThat(sums(world, "a")).containsOnly(Map.entry("gets", 205L), Map.entry("puts", 1L));
            assertThat(sums(world, "b")).containsOnly(Map.entry("gets", 1L));
        }
    }

    @Test
    void sumsEndWhenTheyAreNotKeptAnyLonger() {
        try (World world = open()) {
            world.freezeClock();
            tally(world).add("a", "gets", 1);
            tally(world).setDown();
            assertThat(sums(world, "a")).isNotEmpty();

            world.advanceClock(KEPT);
            assertThat(sums(world, "a")).isEmpty();
        }
    }
}
