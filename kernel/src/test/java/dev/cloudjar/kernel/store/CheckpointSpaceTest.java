package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A checkpoint gives back the space of what it replaces while it is written, and what there is in the midst of
/// it is as good as what was before and what will be.
class CheckpointSpaceTest {
    private static final Limits LIMITS = new Limits(4096, 16 << 10, 64 << 10, 128 << 10, Runnable::run);

    private final List<String> reports = new ArrayList<>();

    private static void churn(Store store, SplittableRandom random, int commits) {
        for (int i = 0; i < commits; i++) {
            byte[] value = new byte[random.nextInt(20) == 0 ? 10_000 : 500];
            random.nextBytes(value);
            byte[] key = Rows.key("key-%05d".formatted(random.nextInt(2000)));
            store.transact(Store.Origin.NONE, tx -> {
                tx.put(key, value);
                return true;
            });
        }
    }

    @Test
    void alsoWhileACheckpointIsWrittenTheDiskHasLessThanTwiceWhatThereIs(@TempDir Path directory) {
        var folder = new WeighedFolder(new DiskFolder(directory));
        try (TreeStore store = TreeStore.open(folder, LIMITS, Durability.OS, reports::add)) {
            var random = new SplittableRandom(3);
            churn(store, random, 4000);
            assertThat(folder.most()).isPositive();
            for (int i = 0; i < 8; i++) {
                long before = live(store);
                churn(store, random, 500);
                store.checkpoint();
                assertThat(folder.most()).isLessThan(Math.min(before, live(store)) / 4 * 7);
            }
        }
        assertThat(reports).isEmpty();
    }

    private static long live(TreeStore store) {
        return store.versions().now().bytes();
    }

    /// Every file that there was at any moment of a checkpoint, opened as after a crash at that moment.
    @Test
    void aCheckpointThatWasCutShortOpensWithAllThereIs() {
        Map<String, byte[]> content = filled();
        boolean stages = false;
        for (long operation = 1; operation < 400; operation += 15) {
            var folder = new SimulatedFolder(content, new SplittableRandom(operation));
            TreeStore store = TreeStore.open(folder, LIMITS, Durability.OS, reports::add);
            var random = new SplittableRandom(operation);
            churn(store, random, 300);
            Map<String, String> all = Rows.all(store);
            folder.machine().crashAt(folder.machine().operations() + operation);
            checkpointUntilTheCrash(store);

            Map<String, byte[]> left = folder.afterProcessDeath();
            stages |= left.keySet().stream().anyMatch(name -> name.matches("\\d+-\\d+\\.checkpoint"));
            var copy = new SimulatedFolder(left, new SplittableRandom(1));
            try (TreeStore again = TreeStore.open(copy, LIMITS, Durability.OS, reports::add)) {
                assertThat(Rows.all(again))
                        .as("crash at operation %d", operation)
                        .isEqualTo(all);
                again.checkpoint();
                assertThat(Rows.all(again)).isEqualTo(all);
            }
            var third = new SimulatedFolder(copy.afterProcessDeath(), new SplittableRandom(1));
            try (TreeStore last = TreeStore.open(third, LIMITS, Durability.OS, reports::add)) {
                assertThat(Rows.all(last)).isEqualTo(all);
            }
        }
        assertThat(stages).as("some crash came between two stages").isTrue();
        assertThat(reports).isEmpty();
    }

    private Map<String, byte[]> filled() {
        var folder = new SimulatedFolder();
        try (TreeStore store = TreeStore.open(folder, LIMITS, Durability.OS, reports::add)) {
            churn(store, new SplittableRandom(1), 1000);
            store.checkpoint();
        }
        return folder.afterProcessDeath();
    }

    private static void checkpointUntilTheCrash(TreeStore store) {
        try {
            store.checkpoint();
        } catch (SimulatedMachine.Crash expected) {
            assertThat(expected).isNotNull();
        }
    }

    /// Between two stages some parts are newer than the journal's beginning: without the journal that goes with
    /// them they would be half a truth.
    @Test
    void aStageWhoseJournalIsGoneIsRefused() {
        Map<String, byte[]> content = cutShort();
        String journal = content.keySet().stream()
                .filter(name -> name.endsWith(".journal"))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        byte[] bytes = content.getOrDefault(journal, new byte[0]);
        var shorter = new TreeMap<>(content);
        shorter.put(journal, Arrays.copyOf(bytes, Heading.LENGTH));

        var folder = new SimulatedFolder(shorter, new SplittableRandom(1));
        assertThatThrownBy(() -> TreeStore.open(folder, LIMITS, Durability.OS, reports::add))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("but there was one with the number");
    }

    private Map<String, byte[]> cutShort() {
        Map<String, byte[]> content = filled();
        for (long operation = 1; operation < 400; operation++) {
            var folder = new SimulatedFolder(content, new SplittableRandom(1));
            TreeStore store = TreeStore.open(folder, LIMITS, Durability.OS, reports::add);
            churn(store, new SplittableRandom(1), 300);
            folder.machine().crashAt(folder.machine().operations() + operation);
            checkpointUntilTheCrash(store);
            Map<String, byte[]> left = folder.afterProcessDeath();
            if (left.keySet().stream().anyMatch(name -> name.matches("\\d+-\\d+\\.checkpoint"))) {
                return left;
            }
        }
        throw new AssertionError("no checkpoint had stages");
    }
}
