package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checkpoints keep the journal short and change nothing that anybody reads.
class CheckpointTest {
    private static final Limits SMALL = new Limits(200, 2000, 20_000, 0, Runnable::run);

    private final List<String> reports = new ArrayList<>();
    private SimulatedFolder folder = new SimulatedFolder();

    private TreeStore open(Limits limits) {
        return TreeStore.open(folder, limits, Durability.OS, reports::add);
    }

    private TreeStore reopened(Limits limits) {
        folder = new SimulatedFolder(folder.afterProcessDeath(), new SplittableRandom(1));
        return open(limits);
    }

    private static void put(Store store, String key, String value) {
        store.transact(Store.Origin.NONE, tx -> {
            tx.put(Rows.key(key), Rows.key(value));
            return true;
        });
    }

    private static void delete(Store store, String key) {
        store.transact(Store.Origin.NONE, tx -> {
            tx.delete(Rows.key(key));
            return true;
        });
    }

    private List<String> files(String suffix) {
        return folder.names().stream().filter(name -> name.endsWith(suffix)).toList();
    }

    @Test
    void whatIsReadIsTheSameBeforeAndAfterAndWhenOpenedAgain() {
        TreeStore store = open(SMALL);
        var random = new SplittableRandom(7);
        for (int i = 0; i < 3000; i++) {
            String key = "key-" + random.nextInt(300);
            if (random.nextInt(4) == 0) {
                delete(store, key);
            } else {
                put(store, key, "v".repeat(random.nextInt(400)) + i);
            }
            if (i % 500 == 499) {
                Map<String, String> before = Rows.all(store);
                store.checkpoint();
                assertThat(Rows.all(store)).isEqualTo(before);
                store = reopened(SMALL);
                assertThat(Rows.all(store)).isEqualTo(before);
                assertThat(store.sequence()).isEqualTo(i + 1);
            }
        }
        assertThat(files(".rows")).hasSizeGreaterThan(5);
        assertThat(files(".journal")).hasSize(1);
        assertThat(reports).isEmpty();
    }

    @Test
    void onlyPartsInWhichSomethingChangedAreWrittenAnew() {
        TreeStore store = open(SMALL);
        for (int i = 0; i < 200; i++) {
            put(store, "key-%03d".formatted(i), "v".repeat(100));
        }
        store.checkpoint();
        List<String> first = files(".rows");

        put(store, "key-100", "changed");
        store.checkpoint();

        assertThat(first).hasSizeGreaterThan(8);
        assertThat(files(".rows"))
                .hasSameSizeAs(first)
                .filteredOn(first::contains)
                .hasSize(first.size() - 1);
    }

    @Test
    void partsThatBecameSmallAreJoined() {
        TreeStore store = open(SMALL);
        for (int i = 0; i < 200; i++) {
            put(store, "key-%03d".formatted(i), "v".repeat(100));
        }
        store.checkpoint();

        for (int i = 0; i < 200; i++) {
            if (i % 10 != 0) {
                delete(store, "key-%03d".formatted(i));
            }
        }
        store.checkpoint();

        assertThat(files(".rows")).hasSizeLessThan(4);
        assertThat(Rows.all(reopened(SMALL))).hasSize(20);
    }

    @Test
    void aLargeValueCostsTheHeapAReferenceWhereverItIsRead() {
        TreeStore store = open(SMALL);
        String value = "large".repeat(100);
        put(store, "large", value);

        assertThat(stored(store, "large")).isInstanceOf(Large.class);
        assertThat(Rows.all(store)).containsEntry("large", value);
        store.checkpoint();
        assertThat(Rows.all(store)).containsEntry("large", value);
        store = reopened(SMALL);
        assertThat(stored(store, "large")).isInstanceOf(Large.class);
        assertThat(Rows.all(store)).containsEntry("large", value);
        put(store, "small", "x");
        assertThat(stored(store, "small")).isInstanceOf(byte[].class);
    }

    private static Object stored(TreeStore store, String key) {
        Object found = store.versions().now().tree().get(Rows.key(key));
        return found == null ? "nothing" : found;
    }

    @Test
    void aReaderOfWhatIsCollectedMeanwhileRunsAgain() {
        TreeStore store = open(SMALL);
        put(store, "large", "old".repeat(100));
        store.checkpoint();
        var seen = new ArrayList<String>();

        String read = store.transact(Store.Origin.NONE, tx -> {
            if (seen.isEmpty()) {
                seen.add("first");
                Together.run(1, _ -> {
                    put(store, "large", "new".repeat(100));
                    store.checkpoint();
                });
            }
            byte[] value = tx.get(Rows.key("large"));
            return value == null ? "" : Rows.text(value);
        });

        assertThat(read).isEqualTo("new".repeat(100));
    }

    @Test
    void aFlippedByteInAnyFileIsNamedOrDoesNotMatter() {
        TreeStore store = open(SMALL);
        for (int i = 0; i < 20; i++) {
            put(store, "key-%03d".formatted(i), "v".repeat(i * 20));
        }
        store.checkpoint();
        put(store, "after", "the checkpoint");
        Map<String, String> all = Rows.all(store);
        Map<String, byte[]> files = folder.afterProcessDeath();

        files.forEach((name, sound) -> {
            for (int at = 0; at < sound.length; at++) {
                assertNamedOrHarmless(files, name, at, all);
            }
        });
    }

    private void assertNamedOrHarmless(Map<String, byte[]> files, String name, int at, Map<String, String> all) {
        Map<String, byte[]> damaged = new TreeMap<>(files);
        damaged.computeIfPresent(name, (_, sound) -> {
            byte[] flipped = sound.clone();
            flipped[at] ^= 4;
            return flipped;
        });
        folder = new SimulatedFolder(damaged, new SplittableRandom(1));
        try {
            assertThat(Rows.all(open(SMALL))).as("%s, byte %d", name, at).isEqualTo(all);
            assertThat(at).as("%s, which is of use", name).isBetween(Heading.MARK, Heading.LENGTH - 1);
        } catch (StoreException named) {
            assertThat(named).as("byte %d", at).hasMessageContaining(name);
        }
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        TreeStore store = open(SMALL);
        put(store, "a", "1");
        store.checkpoint();
        put(store, "b", "2");
        Map<String, byte[]> files = folder.afterProcessDeath();

        for (String name : files.keySet()) {
            Map<String, byte[]> rest = new TreeMap<>(files);
            rest.remove(name);
            folder = new SimulatedFolder(rest, new SplittableRandom(1));
            // Without its checkpoint, the journal would have to begin with its first file.
            String missing = name.endsWith(Checkpoint.SUFFIX) ? TreeStore.FIRST_JOURNAL : name;
            assertThatThrownBy(() -> open(SMALL)).as(name).hasMessageContaining(missing);
        }
    }

    @Test
    void aDiskThatRefusesACheckpointIsReportedAndCostsNothing() {
        TreeStore store = open(SMALL);
        put(store, "a", "1");
        folder.machine().failing(2);
        for (int i = 0; i < 20; i++) {
            store.checkpoint();
        }
        folder.machine().failing(0);

        assertThat(reports).isNotEmpty().allMatch(report -> report.contains("tried again"));
        put(store, "b", "2");
        store.checkpoint();
        assertThat(Rows.all(reopened(SMALL))).containsOnlyKeys("a", "b");
        assertThat(files(".new")).isEmpty();
    }

    /// Much is written over again: the disk has no more than twice what there is.
    @Test
    void theDiskHasAtMostTwiceWhatThereIsAfterAnyChurn(@TempDir Path directory) throws IOException {
        var limits = new Limits(4096, 64 << 10, 256 << 10, 512 << 10, Runnable::run);
        long live;
        try (TreeStore store = TreeStore.open(new DiskFolder(directory), limits, Durability.OS, reports::add)) {
            var random = new SplittableRandom(3);
            for (int i = 0; i < 20_000; i++) {
                byte[] value = new byte[random.nextInt(20) == 0 ? 10_000 : 500];
                random.nextBytes(value);
                byte[] key = Rows.key("key-" + random.nextInt(2000));
                store.transact(Store.Origin.NONE, tx -> {
                    tx.put(key, value);
                    return true;
                });
            }
            live = store.versions().now().bytes();
            assertThat(size(directory)).isLessThan(2 * live);
            for (int i = 0; i < 2000; i++) {
                delete(store, "key-" + i);
            }
            assertThat(size(directory)).isLessThan(limits.history() * 2);
        }
        assertThat(live).isGreaterThan(1 << 20);
        assertThat(reports).isEmpty();
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
