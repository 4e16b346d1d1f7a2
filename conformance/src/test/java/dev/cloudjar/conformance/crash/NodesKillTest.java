package dev.cloudjar.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes over one database, behind one address, one of them killed under load: nothing acknowledged is
/// lost, and no message is with two receivers at once, whichever nodes they asked.
class NodesKillTest {
    private static final int NODES = 3;
    private static final int BEFORE = 400;
    private static final int AFTER = 200;
    private static final int PATIENCE_SECONDS = 120;

    private final Traffic traffic = new Traffic();

    @Test
    void theOthersGoOnAndNothingIsLostOrTakenTwice(@TempDir Path data) throws IOException, InterruptedException {
        List<Program> nodes = new ArrayList<>();
        try (EmbeddedPostgres database = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .start()) {
            try {
                for (int i = 0; i < NODES; i++) {
                    nodes.add(Program.start(data, "--store", database.getJdbcUrl("postgres", "postgres")));
                }
                List<Thread> threads = new ArrayList<>();
                try (Balancer balancer =
                        Balancer.before(nodes.stream().map(Program::port).toList())) {
                    traffic.createQueue(balancer.port());
                    threads.addAll(run(balancer.port(), BEFORE));
                    nodes.getFirst().kill();
                    threads.addAll(run(balancer.port(), AFTER));
                    assertThat(traffic.awaitDeletion(PATIENCE_SECONDS))
                            .as("a message received and deleted; refused: %s", traffic.refused())
                            .isTrue();
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                // Nodes still give messages to who asked and is gone: the second time these are visible again.
                check(new Drain(nodes.getLast().port()).run().run());
            } finally {
                nodes.forEach(Program::close);
            }
        }
    }

    /// Returns once so many messages more were acknowledged; everybody goes on.
    private List<Thread> run(int port, int messages) throws InterruptedException {
        var enough = new CountDownLatch(messages);
        List<Thread> threads = traffic.start(port, enough);
        assertThat(enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%d messages sent; refused: %s", messages, traffic.refused())
                .isTrue();
        return threads;
    }

    private void check(Drain left) {
        assertThat(traffic.refused()).isEmpty();
        var owed = new HashSet<>(traffic.sent());
        owed.removeAll(traffic.deletionAsked());
        owed.removeAll(left.bodies());
        assertThat(owed).as("lost").isEmpty();
        assertThat(traffic.takenTwice()).as("with two at once").isEmpty();
        assertThat(left.twice()).as("there twice").isEmpty();
        assertThat(left.bodies()).doesNotContainAnyElementsOf(traffic.deleted());
    }
}
