package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A world goes back to what it was, is carried elsewhere, and tells what has changed, in AWS's words.
class SnapshotsTest {
    private static final List<Service.Entry> SERVICES = List.of(Boards.entry(), Notes.entry(new AtomicInteger()));
    private static final String ARN = "arn:aws:boards:" + Calls.REGION + ":" + Calls.ACCOUNT + ":board/";

    private final Path directory;
    private World world;

    SnapshotsTest(@TempDir Path directory) {
        this.directory = directory;
        this.world = open("one");
    }

    private World open(String name) {
        return World.open(directory.resolve(name), Calls.settings(_ -> {}), SERVICES);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Boards boards() {
        return Boards.in(world);
    }

    @Test
    void aLoadedSnapshotIsTheWorldOfThenWithItsClockAndItsBlobs() {
        world.freezeClock();
        world.setClock(Instant.parse("2027-01-01T00:00:00Z"));
        boards().create("plans", "green");
        boards().pin("plans", 1, "a picture");
        String then = world.digest();
        world.snapshots().save("before");

        world.advanceClock(Duration.ofDays(9));
        boards().paint("plans", "red");
        boards().create("more", "blue");
        boards().unpin("plans", 1);
        collectTwice();
        world.snapshots().load("before");

        assertThat(world.digest()).isEqualTo(then);
        assertThat(world.time().now()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(boards().all()).containsExactly("plans green");
        assertThat(boards().picture("plans", 1)).isEqualTo("a picture");
        world.close();
        world = open("one");
        assertThat(world.digest()).isEqualTo(then);
        boards().create("again", "black");
        assertThat(boards().all()).containsExactly("again black", "plans green");
    }

    private void collectTwice() {
        world.background(() -> world.collector().collect());
        world.background(() -> world.collector().collect());
    }

    @Test
    void aSnapshotIsMadeOnceListedAndDeleted() {
        world.freezeClock();
        boards().create("plans", "green");
        Snapshots.Saved saved = world.snapshots().save("one");

        assertThat(world.snapshots().list()).containsExactly(saved);
        assertThat(saved.at()).isEqualTo(world.time().now());
        assertThat(saved.rows()).isPositive();
        assertThatThrownBy(() -> world.snapshots().save("one")).hasMessageContaining("already");
        assertThatThrownBy(() -> world.snapshots().save("now")).hasMessageContaining("the present");
        assertThatThrownBy(() -> world.snapshots().load("two")).hasMessage("There is no snapshot 'two'.");
        assertThat(world.snapshots().delete("one")).isTrue();
        assertThat(world.snapshots().list()).isEmpty();
    }

    @Test
    void resourcesThatDifferAreToldAttributeByAttributeAndOtherRowsCounted() {
        boards().create("old", "grey");
        boards().create("plans", "green");
        world.snapshots().save("before");
        boards().create("new", "blue");
        boards().paint("plans", "red");
        boards().tag("plans", Map.of("team", "a"));
        boards().remove("old");
        for (int i = 0; i < 5; i++) {
            boards().pin("plans", i, "picture " + i);
        }

        Diff diff = world.snapshots().diff("before", Snapshots.NOW);

        assertThat(diff.resources())
                .extracting(Diff.Changed::arn, Diff.Changed::change)
                .containsExactly(
                        tuple(ARN + "new", "added"), tuple(ARN + "old", "removed"), tuple(ARN + "plans", "changed"));
        assertThat(diff.resources()).extracting(Diff.Changed::kind).containsOnly("boards:board");
        assertThat(diff.resources().getLast().attributes())
                .containsExactly(
                        Map.entry("color", new Diff.Attribute("green", "red")),
                        Map.entry("tags", new Diff.Attribute(null, Map.of("team", "a"))));
        assertThat(diff.resources().getFirst().attributes()).containsEntry("height", new Diff.Attribute(null, 3L));
        assertThat(diff.others()).singleElement().satisfies(others -> {
            assertThat(others.table()).isEqualTo("boards.Card");
            assertThat(others.account()).isEqualTo(Calls.ACCOUNT);
            assertThat(others.counts()).isEqualTo(new Diff.Counts(5, 0, 0));
            assertThat(others.samples()).hasSize(3);
            assertThat(others.samples().getFirst()).containsEntry("text", new Diff.Attribute(null, "card 0"));
        });
        assertThat(world.snapshots().diff("before", "before").isEmpty()).isTrue();
    }

    @Test
    void aSnapshotIsCarriedToAnotherMachineWithItsBlobs() throws IOException {
        boards().create("plans", "green");
        boards().pin("plans", 1, "a picture");
        world.snapshots().save("here");
        String digest = world.digest();
        var file = new ByteArrayOutputStream();
        world.snapshots().export("here", file);

        try (World other = open("other")) {
            Boards.in(other).create("theirs", "red");
            Snapshots.Saved read = other.snapshots().read("there", new ByteArrayInputStream(file.toByteArray()));
            other.background(() -> other.collector().collect());
            other.background(() -> other.collector().collect());
            other.snapshots().load(read.name());

            assertThat(other.digest()).isEqualTo(digest);
            assertThat(Boards.in(other).all()).containsExactly("plans green");
            assertThat(Boards.in(other).picture("plans", 1)).isEqualTo("a picture");
        }
    }

    @Test
    void aFileThatIsDamagedOrOfAnotherVersionIsRefused() throws IOException {
        boards().create("plans", "green");
        world.snapshots().save("here");
        var file = new ByteArrayOutputStream();
        world.snapshots().export("here", file);

        byte[] other = "PK this is something else".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(other)).hasMessageContaining("no snapshot of Cloudjar");
        assertThatThrownBy(() -> read(rewritten(file.toByteArray(), "\"format\":1", "\"format\":2")))
                .hasMessageContaining("has format 2 of snapshots; this version of Cloudjar reads format 1");
        assertThat(world.snapshots().list()).hasSize(1);
    }

    private Snapshots.Saved read(byte[] file) throws IOException {
        return world.snapshots().read("there", new ByteArrayInputStream(file));
    }

    /// The same file with other words in its description.
    private static byte[] rewritten(byte[] file, String before, String after) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var from = new ZipInputStream(new ByteArrayInputStream(file));
                var to = new ZipOutputStream(out)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                byte[] bytes = from.readAllBytes();
                boolean about = entry.getName().equals("snapshot.json");
                to.write(
                        about
                                ? new String(bytes, StandardCharsets.UTF_8)
                                        .replace(before, after)
                                        .getBytes(StandardCharsets.UTF_8)
                                : bytes);
            }
        }
        return out.toByteArray();
    }

    @Test
    void everyFlippedByteOfAFileIsSaidOrDoesNotMatter() throws IOException {
        boards().create("plans", "green");
        boards().pin("plans", 1, "a picture");
        world.snapshots().save("here");
        var out = new ByteArrayOutputStream();
        world.snapshots().export("here", out);
        String digest = world.snapshots().version("here").digest();
        byte[] file = out.toByteArray();
        int refused = 0;

        for (int at = 0; at < file.length; at++) {
            byte[] flipped = file.clone();
            flipped[at] ^= 4;
            try {
                read(flipped);
                assertThat(world.snapshots().version("there").digest())
                        .as("%d", at)
                        .isEqualTo(digest);
                world.snapshots().delete("there");
            } catch (IllegalArgumentException said) {
                refused++;
            }
        }
        for (int length = 0; length < file.length; length += 50) {
            byte[] cut = Arrays.copyOf(file, length);
            try {
                read(cut);
                assertThat(world.snapshots().version("there").digest())
                        .as("cut at %d", length)
                        .isEqualTo(digest);
                world.snapshots().delete("there");
            } catch (IllegalArgumentException said) {
                refused++;
            }
        }

        assertThat(refused).isGreaterThan(file.length / 2);
        assertThat(world.snapshots().list()).hasSize(1);
    }

    @Test
    void aBranchGoesItsOwnWay() {
        boards().create("plans", "green");
        boards().pin("plans", 1, "a picture");
        world.snapshots().save("fork");

        try (World branch = world.branch("fork")) {
            Boards.in(branch).paint("plans", "red");
            boards().paint("plans", "blue");

            assertThat(Boards.in(branch).all()).containsExactly("plans red");
            assertThat(boards().all()).containsExactly("plans blue");
            assertThat(Boards.in(branch).picture("plans", 1)).isEqualTo("a picture");
        }
        assertThat(boards().picture("plans", 1)).isEqualTo("a picture");
    }

    @Test
    void theStateOfAnInstantIsFoundAgainInTheJournal() {
        boards().create("plans", "green");
        String then = world.digest();
        long sequence = world.store().sequence();
        boards().paint("plans", "red");

        world.snapshots().replay(sequence, "then");

        assertThat(world.snapshots().version("then").digest()).isEqualTo(then);
        assertThat(world.snapshots().sequenceAt(Instant.EPOCH)).isGreaterThanOrEqualTo(sequence);
        assertThatThrownBy(() -> world.snapshots().sequenceAt(Instant.EPOCH.minusSeconds(1)))
                .hasMessageContaining("does not go back");
        assertThatThrownBy(() -> world.snapshots().replay(sequence + 99, "later"))
                .hasMessageContaining("The journal goes from");
    }

    @Test
    void replayingTheWholeJournalGivesTheSameDigest() {
        for (int i = 0; i < 50; i++) {
            boards().create("board" + i, "green");
            boards().pin("board" + i, i, "picture " + i);
        }

        world.snapshots().replay(world.store().sequence(), "all");

        assertThat(world.snapshots().oldest()).isZero();
        assertThat(world.snapshots().version("all").digest()).isEqualTo(world.digest());
    }

    @Test
    void theJournalTellsWhoDidWhat() {
        long before = world.store().sequence();
        boards().create("plans", "green");
        boards().remove("plans");
        List<JournalEntry> entries = new ArrayList<>();

        world.snapshots().journal(before, entries::add);

        assertThat(entries)
                .filteredOn(entry -> entry.who().service().equals("test"))
                .satisfiesExactly(
                        created -> {
                            assertThat(created.who())
                                    .isEqualTo(new JournalEntry.Who(
                                            "test",
                                            "Operation",
                                            "arn:aws:iam::" + Calls.ACCOUNT + ":root",
                                            Calls.ACCOUNT,
                                            Calls.REGION));
                            assertThat(created.touched()).contains(new JournalEntry.Touched(ARN + "plans", false));
                        },
                        removed ->
                                assertThat(removed.touched()).contains(new JournalEntry.Touched(ARN + "plans", true)));
    }
}
