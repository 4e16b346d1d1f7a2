package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Versions of a store with files: what they are after it was opened again, and what becomes of the files.
class VersionsTest extends VersionsContract {
    private static final Limits LIMITS = new Limits(100, 800, 3000, 1 << 20, Runnable::run);
    private static final Limits FORGETFUL = new Limits(100, 800, 3000, 0, Runnable::run);

    private SimulatedFolder folder = new SimulatedFolder();

    private TreeStore open(Limits limits) {
        return TreeStore.open(folder, limits, Durability.OS, _ -> {});
    }

    @Override
    protected Store open() {
        return open(LIMITS);
    }

    private TreeStore reopened(Limits limits) {
        folder = new SimulatedFolder(folder.afterProcessDeath(), new SplittableRandom(1));
        return open(limits);
    }

    private static Versions versions(TreeStore store) {
        return store.versions();
    }

    private static void change(TreeStore store, SplittableRandom random) {
        store.transact(() -> Rows.key("somebody"), tx -> {
            byte[] key = Rows.key("key-" + random.nextInt(60));
            if (random.nextInt(4) == 0) {
                tx.delete(key);
            } else {
                tx.put(key, Rows.key("v".repeat(random.nextInt(200)) + random.nextInt()));
            }
            return true;
        });
    }

    /// A store that wrote checkpoints, named versions and was opened again, and its digest after each
    /// transaction.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void thePastIsShownAsItWas(long seed) {
        var random = new SplittableRandom(seed);
        Map<Long, String> digests = new HashMap<>();
        TreeStore store = open(LIMITS);
        for (int i = 0; i < 300; i++) {
            change(store, random);
            digests.put(store.sequence(), versions(store).now().digest());
            if (random.nextInt(60) == 0) {
                store = reopened(LIMITS);
            }
        }

        assertThat(versions(store).oldest()).isZero();
        for (long sequence = 1; sequence <= store.sequence(); sequence++) {
            assertThat(versions(store).at(sequence).digest()).as("%d", sequence).isEqualTo(digests.get(sequence));
        }
        TreeStore last = store;
        assertThatThrownBy(() -> versions(last).at(301)).hasMessageContaining("from transaction 0 to 300");
    }

    @Test
    void aSnapshotIsWhatItWasWhateverHappensAfterwards() {
        var random = new SplittableRandom(1);
        TreeStore store = open(FORGETFUL);
        Map<String, String> digests = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            change(store, random);
            if (i % 50 == 20) {
                versions(store).save("s" + i, "note " + i);
                digests.put("s" + i, versions(store).now().digest());
            }
            if (i % 90 == 0) {
                store = reopened(FORGETFUL);
            }
        }

        Versions versions = versions(reopened(FORGETFUL));
        assertThat(versions.saved())
                .extracting(Versions.Saved::name)
                .containsExactlyElementsOf(digests.keySet().stream().sorted().toList());
        digests.forEach((name, digest) ->
                assertThat(versions.saved(name).digest()).as(name).isEqualTo(digest));
        assertThat(versions.saved().getFirst().note()).startsWith("note ");
        assertThat(versions.oldest()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLoadedSnapshotIsThePresentAlsoAfterARestart(boolean settled) {
        TreeStore store = open(FORGETFUL);
        put(store, "a", "1".repeat(150));
        versions(store).save("one", "");
        put(store, "a", "2");
        put(store, "b", "2");
        if (settled) {
            store.checkpoint();
        }
        var told = new AtomicInteger();
        Store.Watch watch = store.watch(Rows.key("b"), told::incrementAndGet);

        versions(store).load("one");
        watch.close();

        assertThat(Rows.all(store)).containsExactly(Map.entry("a", "1".repeat(150)));
        assertThat(told).hasValue(1);
        put(store, "c", "3");
        store = reopened(FORGETFUL);
        assertThat(Rows.all(store)).containsOnlyKeys("a", "c");
        versions(store).load("one");
        assertThat(Rows.all(reopened(FORGETFUL))).containsOnlyKeys("a");
    }

    private static void put(TreeStore store, String key, String value) {
        store.transact(Store.Origin.NONE, tx -> {
            tx.put(Rows.key(key), Rows.key(value));
            return true;
        });
    }

    @Test
    void aDeletedSnapshotIsGoneWithItsFiles() {
        TreeStore store = open(FORGETFUL);
        put(store, "a", "1".repeat(500));
        versions(store).save("one", "");
        put(store, "a", "2");
        store.checkpoint();
        int files = folder.names().size();

        assertThat(versions(store).delete("one")).isTrue();

        assertThat(versions(store).delete("one")).isFalse();
        assertThat(folder.names()).hasSize(files - 2);
        assertThatThrownBy(() -> versions(store).saved("one")).hasMessage("There is no snapshot 'one'.");
        assertThat(versions(reopened(FORGETFUL)).saved()).isEmpty();
    }

    @Test
    void aStoreInMemoryHasSnapshotsToo() {
        TreeStore store = TreeStore.inMemory();
        put(store, "a", "1");
        versions(store).save("one", "");
        put(store, "a", "2");

        versions(store).load("one");

        assertThat(Rows.all(store)).containsEntry("a", "1");
        assertThatThrownBy(() -> versions(store).at(1)).hasMessageContaining("keeps nothing");
        assertThat(versions(store).delete("one")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theDifferenceOfTwoVersionsIsWhatOneHasAndTheOtherHasNot(long seed) {
        var random = new SplittableRandom(seed);
        TreeStore store = open(LIMITS);
        for (int i = 0; i < 200; i++) {
            change(store, random);
        }
        versions(store).save("before", "");
        Map<String, String> before = Rows.all(store);
        for (int i = random.nextInt(200); i > 0; i--) {
            change(store, random);
        }
        Map<String, String> expected = new TreeMap<>();
        Rows.all(store).forEach((key, value) -> expected.put(key, before.get(key) + " -> " + value));
        before.forEach((key, value) -> expected.putIfAbsent(key, value + " -> null"));
        expected.entrySet()
                .removeIf(e -> e.getValue().equals(before.get(e.getKey()) + " -> " + before.get(e.getKey())));

        assertThat(differences(store)).isEqualTo(expected);
        assertThat(differences(reopened(LIMITS))).isEqualTo(expected);
    }

    private static Map<String, String> differences(TreeStore store) {
        Map<String, String> found = new TreeMap<>();
        versions(store)
                .saved("before")
                .differences(
                        versions(store).now(),
                        (key, was, is) -> found.put(
                                Rows.text(key),
                                (was == null ? null : Rows.text(was)) + " -> " + (is == null ? null : Rows.text(is))));
        return found;
    }
}
