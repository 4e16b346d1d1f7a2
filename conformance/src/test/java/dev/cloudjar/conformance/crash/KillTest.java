package dev.cloudjar.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load: every message that was acknowledged is there afterwards, once, unless its deletion was
/// asked for; none comes back whose deletion was acknowledged.
class KillTest {
    private static final int MESSAGES = 2_000;

    @RepeatedTest(3)
    void losesNothingAndBringsNothingBack(@TempDir Path data) throws IOException, InterruptedException {
        var traffic = new Traffic();
        try (Program program = Program.start(data)) {
            traffic.createQueue(program.port());
            program.killAmid(MESSAGES, enough -> traffic.start(program.port(), enough));
        }
        try (Program again = Program.start(data)) {
            Drain drain = new Drain(again.port()).run();
            assertThat(drain.twice()).isEmpty();
            check(traffic, drain.bodies());
        }
    }

    private static void check(Traffic traffic, Set<String> found) {
        assertThat(traffic.refused()).isEmpty();
        assertThat(found).doesNotContainAnyElementsOf(traffic.deleted());
        var owed = new HashSet<>(traffic.sent());
        owed.removeAll(traffic.deletionAsked());
        assertThat(found).containsAll(owed);
        assertThat(traffic.takenTwice()).isEmpty();
        assertThat(traffic.deleted()).isNotEmpty();
    }
}
