package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.engines.postgresql.Database;
import dev.cloudjar.engines.postgresql.PostgresEngine;
import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Together;
import dev.cloudjar.model.Blob;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes over one database are one cloud: what one writes the others see at once, a timer fires on one of
/// them, and one that dies takes nothing with it that was acknowledged.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesTest {
    private static final int NODES = 3;

    private final Database database = new Database();
    private final List<World> nodes = new ArrayList<>();

    @AfterEach
    void closeNodes() {
        nodes.forEach(World::close);
        nodes.clear();
    }

    @AfterAll
    void stopDatabase() {
        database.close();
    }

    private static World node(String url, Path directory) {
        var settings = new World.Settings(
                Calls.ACCOUNT,
                Calls.REGION,
                false,
                Durability.OS,
                OptionalLong.empty(),
                System.err::println,
                Optional.empty(),
                Duration.ZERO);
        return World.over(
                new PostgresEngine().open(url, System.err::println),
                directory,
                settings,
                List.of(Notes.entry(new AtomicInteger())));
    }

    private void open(Path directory) {
        String url = database.url();
        for (int i = 0; i < NODES; i++) {
            nodes.add(node(url, directory));
        }
    }

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
    void whatOneNodeSealsTheOthersOpenAlsoAfterARestart(@TempDir Path directory) {
        open(directory);
        Blob sealed = nodes.get(1).vault().seal("name", Blob.of("secret"));

        assertThat(nodes.get(2).vault().open("name", sealed)).isEqualTo(Blob.of("secret"));
        closeNodes();
        open(directory);
        assertThat(nodes.get(0).vault().open("name", sealed)).isEqualTo(Blob.of("secret"));
    }

    private List<String> texts(int node) {
        return Calls.as(() -> Notes.in(nodes.get(node)).texts());
    }

    @Test
    void aSnapshotThatOneNodeMadeIsLoadedByAnotherAndSeenByAll(@TempDir Path directory) {
        open(directory);
        Calls.run(() -> Notes.in(nodes.get(0)).write0("one"));
        nodes.get(0).snapshots().save("before");
        String digest = nodes.get(0).digest();
        Calls.run(() -> Notes.in(nodes.get(1)).write0("two"));

        assertThat(nodes.get(1).snapshots().list())
                .extracting(Snapshots.Saved::name)
                .containsExactly("before");
        assertThat(nodes.get(1).snapshots().diff("before", Snapshots.NOW).others())
                .singleElement()
                .satisfies(table -> assertThat(table.counts()).isEqualTo(new Diff.Counts(1, 0, 0)));
        nodes.get(2).snapshots().load("before");

        assertThat(List.of(texts(0), texts(1), texts(2))).containsOnly(List.of("one"));
        assertThat(nodes.get(1).digest()).isEqualTo(digest);
        Calls.run(() -> Notes.in(nodes.get(0)).write0("three"));
        assertThat(texts(2)).containsExactlyInAnyOrder("one", "three");
        assertThat(nodes.get(1).tokens().open("page", nodes.get(0).tokens().seal("page", "7")))
                .contains("7");
    }

    @Test
    void aSnapshotIsCarriedFromADatabaseToADirectoryAndBack(@TempDir Path directory) throws IOException {
        open(directory);
        World node = nodes.getFirst();
        Calls.run(() -> Notes.in(node).write0("one"));
        node.snapshots().save("there");
        var file = new ByteArrayOutputStream();
        node.snapshots().export("there", file);

        try (World alone = World.inMemory(node.settings(), List.of(Notes.entry(new AtomicInteger())))) {
            alone.snapshots().read("here", new ByteArrayInputStream(file.toByteArray()));
            alone.snapshots().load("here");
            assertThat(Calls.as(() -> Notes.in(alone).texts())).containsExactly("one");
        }
        node.snapshots().read("back", new ByteArrayInputStream(file.toByteArray()));
        assertThat(node.snapshots().diff("there", "back").isEmpty()).isTrue();
    }

    @Test
    void aBranchOfANodeGoesItsOwnWay(@TempDir Path directory) {
        open(directory);
        Calls.run(() -> Notes.in(nodes.get(0)).write0("one"));
        nodes.get(0).snapshots().save("before");

        try (World branch = nodes.get(1).branch("before")) {
            Calls.run(() -> Notes.in(branch).write0("there"));
            Calls.run(() -> Notes.in(nodes.get(2)).write0("here"));

            assertThat(Calls.as(() -> Notes.in(branch).texts())).containsExactlyInAnyOrder("one", "there");
        }
        assertThat(texts(1)).containsExactlyInAnyOrder("one", "here");
    }

    @Test
    void theJournalTellsWhatAnyNodeDidAndIsReplayed(@TempDir Path directory) {
        open(directory);
        World node = nodes.getFirst();
        Calls.run(() -> Notes.in(nodes.get(1)).write0("one"));
        Calls.run(() -> Notes.in(nodes.get(2)).write0("two"));
        List<JournalEntry> entries = new ArrayList<>();
        Together.run(1, _ -> {
            while (entries.size() < 2) {
                entries.clear();
                node.snapshots().journal(0, entry -> !entry.who().service().equals("test") || entries.add(entry));
            }
        });

        node.snapshots().replay(entries.getFirst().sequence(), "then");

        try (World then = node.branch("then")) {
            assertThat(Calls.as(() -> Notes.in(then).texts())).containsExactly("one");
        }
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.who().account()).isEqualTo(Calls.ACCOUNT));
    }

    /// One node has bytes that no row names yet; another, which cannot know of them, collects them.
    @Test
    void whatAnotherNodeHasCollectedIsNamedByNoRow(@TempDir Path directory) throws IOException {
        open(directory);
        World uploads = nodes.get(0);
        World collects = nodes.get(1);
        try (Blobs.Arrival arrival = uploads.background(() -> arrival(uploads))) {
            collects.background(() -> collects.collector().collect());
            collects.background(() -> collects.collector().collect());

            assertThatThrownBy(() -> hold(uploads, arrival.ref())).hasMessageContaining("collected as unused");
        }
        try (Blobs.Arrival again = uploads.background(() -> arrival(uploads))) {
            hold(uploads, again.ref());
        }

        collects.background(() -> collects.collector().collect());
        collects.background(() -> collects.collector().collect());
        List<Blobs.Ref> damaged = new ArrayList<>();
        collects.verifyBlobs(damaged::add);
        assertThat(damaged).isEmpty();
    }

    private static Blobs.Arrival arrival(World world) {
        return arrival(world, new ByteArrayInputStream("bytes".getBytes(StandardCharsets.UTF_8)));
    }

    private static Blobs.Arrival arrival(World world, InputStream content) {
        try {
            return world.blobs().put(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hold(World world, Blobs.Ref ref) {
        var table = new Table<Integer, BlobsTest.Holding>(
                world.transactions(), "test.Holding", BlobsTest.Holding.class, Scope.WORLD);
        world.background(() -> table.put(new BlobsTest.Holding(1, List.of(ref))));
    }

    /// A node that starts leaves alone what is arriving at another.
    @Test
    void aNodeThatStartsDisturbsNoUpload(@TempDir Path directory) throws IOException {
        open(directory);
        String url = database.last();
        var slow = new InputStream() {
            private int left = 3;

            @Override
            public int read() {
                if (left-- == 2) {
                    nodes.add(node(url, directory));
                }
                return left < 0 ? -1 : 'x';
            }
        };
        World uploads = nodes.getFirst();

        try (Blobs.Arrival arrival = uploads.background(() -> arrival(uploads, slow))) {
            assertThat(uploads.blobs().has(arrival.ref())).isTrue();
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
