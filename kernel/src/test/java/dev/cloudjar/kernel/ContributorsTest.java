package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Contributors.Contributor;
import dev.cloudjar.kernel.Contributors.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The heaviest contributors of any stretch of minutes are known, however many there are.
class ContributorsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Rule RULE = new Rule("000000000000", "us-east-1", "rule");

    private final Contributors contributors = new Contributors();

    private List<Contributor> all() {
        return contributors.heaviest(RULE, NOON.minus(Duration.ofDays(2)), NOON.plus(Duration.ofDays(2)));
    }

    @Test
    void theHeaviestComeFirst() {
        contributors.add(RULE, List.of("light"), 1, NOON);
        contributors.add(RULE, List.of("heavy"), 2, NOON);
        contributors.add(RULE, List.of("heavy"), 2, NOON.plusSeconds(60));

        assertThat(all()).containsExactly(new Contributor(List.of("heavy"), 4), new Contributor(List.of("light"), 1));
        assertThat(contributors.heaviest(RULE, NOON.plusSeconds(60), NOON.plusSeconds(120)))
                .containsExactly(new Contributor(List.of("heavy"), 2));
    }

    @Test
    void aCrowdDoesNotHideTheHeaviest() {
        for (int i = 0; i < 5_000; i++) {
            contributors.add(RULE, List.of("one of many", Integer.toString(i)), 1, NOON);
            contributors.add(RULE, List.of("heavy"), 1, NOON);
        }

        assertThat(all()).hasSize(500);
        assertThat(all().getFirst()).isEqualTo(new Contributor(List.of("heavy"), 5_000));
        assertThat(all().stream().mapToDouble(Contributor::value).sum()).isEqualTo(10_000);
    }

    @Test
    void aDayIsKept() {
        IntStream.range(0, 30)
                .forEach(hour -> contributors.add(RULE, List.of("h" + hour), 1, NOON.plus(Duration.ofHours(hour))));

        assertThat(all()).hasSize(25).doesNotContain(new Contributor(List.of("h4"), 1));
    }
}
