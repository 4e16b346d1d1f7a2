package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/// What one call is at work on no other takes, until it is closed.
class OngoingTest {
    private final Ongoing<String> ongoing = new Ongoing<>();

    @Test
    void whatIsTakenIsTakenWhole() {
        try (var one = ongoing.begin();
                var other = ongoing.begin()) {
            assertThat(one.take(Set.of("a", "b"))).isEmpty();
            assertThat(other.take(Set.of("b", "c"))).containsExactly("b");
            assertThat(ongoing.has("c")).isFalse();
            assertThat(ongoing.has("a")).isTrue();
            assertThat(one.take(Set.of("b", "c"))).isEmpty();
        }
        assertThat(ongoing.has("a")).isFalse();
        try (var next = ongoing.begin()) {
            assertThat(next.take(Set.of("b", "c"))).isEmpty();
        }
    }

    @Test
    void whoTookNothingLetsNothingGo() {
        try (var one = ongoing.begin()) {
            one.take(Set.of("a"));
            try (var other = ongoing.begin()) {
                other.take(Set.of("a"));
            }
            assertThat(ongoing.has("a")).isTrue();
        }
    }
}
