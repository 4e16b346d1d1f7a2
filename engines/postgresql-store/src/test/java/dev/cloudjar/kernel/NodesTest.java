package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Together;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes over one database are one cloud: what one writes the others see at once, a timer fires on one of
/// them, and one that dies takes nothing with it that was acknowledged.
class NodesTest extends NodesUnderTest {
    @Test
    void eachNodeHasANumberAndMakesIdsOfItsOwn(@TempDir Path directory) {
        open(directory);

        assertThat(nodes).extracting(node -> node.store().node().orElse(-1)).containsExactly(0, 1, 2);
        var ids = new HashSet<Long>();
        for (World node : nodes) {
            for (int i = 0; i < 1000; i++) {
                assertThat(ids.add(node.ids().sequence())).isTrue();
            }
        }
    }

    @Test
    void whoWaitsOnOneNodeSeesWhatAnotherWrites(@TempDir Path directory) {
        open(directory);
        World reader = nodes.get(1);
        Thread writer = Thread.ofVirtual()
                .unstarted(() -> Calls.run(() -> Notes.in(nodes.get(0)).write0("hello")));

        List<String> seen = Calls.as(() -> reader.time()
                .await(
                        Duration.ofMinutes(1),
                        changed -> {
                            var watch = Notes.in(reader).table().watch(changed);
                            writer.start();
                            return watch;
                        },
                        () -> {
                            List<String> texts = Notes.in(reader).texts();
                            return new Time.Attempt<>(texts, !texts.isEmpty(), Optional.empty());
                        }));

        assertThat(seen).containsExactly("hello");
    }

    @Test
    void aTimerFiresOnceWhicheverNodeFiresIt(@TempDir Path directory) {
        open(directory);
        Instant soon = nodes.getFirst().time().now().plusMillis(300);
        for (int i = 0; i < 60; i++) {
            World node = nodes.get(i % NODES);
            String subject = "task-" + i;
            Calls.run(() -> node.transactions().run(() -> {
                node.agenda().at(soon, Notes.ID, "note", subject);
                return true;
            }));
        }

        List<String> fired = awaitNotes(60);

        assertThat(fired)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 60).mapToObj(i -> "task-" + i).toList());
        nodes.forEach(
                node -> assertThat(Calls.as(() -> node.agenda().pending())).isEmpty());
        assertThat(Calls.as(() -> Notes.in(nodes.get(2)).texts())).hasSize(60);
    }

    private List<String> awaitNotes(int count) {
        World node = nodes.get(1);
        return Calls.as(() -> node.time()
                .await(Duration.ofMinutes(1), changed -> Notes.in(node).table().watch(changed), () -> {
                    List<String> texts = Notes.in(node).texts();
                    return new Time.Attempt<>(texts, texts.size() >= count, Optional.empty());
                }));
    }

    @Test
    void theClockThatOneNodeStopsStandsStillOnAll(@TempDir Path directory) {
        open(directory);
        Instant then = Instant.parse("2030-01-01T00:00:00Z");
        World other = nodes.get(2);

        nodes.getFirst().freezeClock();
        nodes.getFirst().setClock(then);

        Together.run(1, _ -> {
            while (!other.time().now().equals(then)) {
                Thread.yield();
            }
        });
        assertThat(other.time().pace().scale()).isZero();
    }

    @Test
    void aClockThatAllNodesMoveAtOnceHasMovedForEachOfThem(@TempDir Path directory) {
        open(directory);
        World first = nodes.getFirst();
        first.freezeClock();
        Instant before = first.time().now();

        var mine = new AtomicInteger();
        Together.run(NODES, _ -> {
            World node = nodes.get(mine.getAndIncrement());
            for (int i = 0; i < 5; i++) {
                node.advanceClock(Duration.ofHours(1));
            }
        });

        nodes.forEach(node -> node.advanceClock(Duration.ZERO));
        assertThat(nodes).extracting(node -> node.time().now()).containsOnly(before.plus(Duration.ofHours(5 * NODES)));
    }

    @Test
    void aNodeWhoseConnectionsBreakGoesOn(@TempDir Path directory) {
        String url = database.url();
        World node = node(url, directory);
        nodes.add(node);
        Calls.run(() -> Notes.in(node).write0("before"));

        database.disconnect(url);

        int[] failures = {0};
        boolean written = false;
        while (!written) {
            try {
                Calls.run(() -> Notes.in(node).write0("after"));
                written = true;
            } catch (StoreException broken) {
                failures[0]++;
            }
        }
        assertThat(failures[0]).isLessThan(20);
        assertThat(Calls.as(() -> Notes.in(node).texts())).contains("before", "after");
    }

    /// Somebody waits for the number of a node, and gets it when the node's connections break.
    @Test
    void aNodeWhoseNumberAnotherHasTakenWritesNoMore(@TempDir Path directory) throws SQLException {
        String url = database.url();
        World node = node(url, directory);
        nodes.add(node);
        Calls.run(() -> Notes.in(node).write0("before"));
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            Thread waiting = Thread.ofVirtual().start(() -> take(statement));
            database.awaitWaiter(url);
            database.disconnectHolders();
            Together.run(1, _ -> join(waiting));

            assertThatThrownBy(() -> {
                        while (true) {
                            try {
                                Calls.run(() -> Notes.in(node).write0("after"));
                            } catch (StoreException broken) {
                                if (String.valueOf(broken.getMessage()).contains("restart it")) {
                                    throw broken;
                                }
                            }
                        }
                    })
                    .isInstanceOf(StoreException.class);
        }
    }

    private static void take(Statement statement) {
        try {
            statement.execute("SELECT pg_advisory_lock(45660, 0)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aNodeThatIsKilledUnderLoadLosesNothingThatItAcknowledged(@TempDir Path directory) throws Exception {
        String url = database.url();
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            children.add(child(url, directory, "node" + i));
        }
        Map<String, Integer> acknowledged = new HashMap<>();
        try (BufferedReader first = children.getFirst().inputReader()) {
            for (int i = 0; i < 200; i++) {
                note(first.readLine(), acknowledged);
            }
            assertThat(children.getFirst().toHandle().destroyForcibly()).isTrue();
            for (String line = first.readLine(); line != null; line = first.readLine()) {
                note(line, acknowledged);
            }
        }
        for (Process survivor : children.subList(1, NODES)) {
            try (BufferedReader lines = survivor.inputReader()) {
                for (int i = 0; i < 200; i++) {
                    note(lines.readLine(), acknowledged);
                }
                assertThat(survivor.toHandle().destroyForcibly()).isTrue();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    note(line, acknowledged);
                }
            }
        }

        World after = node(url, directory);
        nodes.add(after);
        List<String> texts = Calls.as(() -> Notes.in(after).texts());
        assertThat(texts).doesNotHaveDuplicates();
        acknowledged.forEach((name, count) -> assertThat(texts)
                .containsAll(IntStream.rangeClosed(1, count)
                        .mapToObj(i -> name + ' ' + i)
                        .toList()));
        assertThat(acknowledged).hasSize(NODES);
    }

    private static void note(String line, Map<String, Integer> acknowledged) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 3 && parts[2].equals(".")) {
            acknowledged.merge(parts[0], Integer.parseInt(parts[1]), Math::max);
        }
    }

    private static Process child(String url, Path directory, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        url,
                        directory.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// A node that writes one note after another and prints what was acknowledged.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            World world = node(arguments[0], Path.of(arguments[1]));
            for (int i = 1; i > 0; i++) {
                String text = arguments[2] + ' ' + i;
                Calls.run(() -> Notes.in(world).write0(text));
                System.out.print(text + " .\n");
                System.out.flush();
            }
        }
    }
}
