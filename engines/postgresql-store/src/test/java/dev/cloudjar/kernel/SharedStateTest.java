package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.store.Together;
import dev.cloudjar.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes share all that a world has: its keys, snapshots, journal and blobs.
class SharedStateTest extends NodesUnderTest {
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
}
