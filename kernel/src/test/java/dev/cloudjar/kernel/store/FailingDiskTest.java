package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that refuses costs the transactions it refused and nothing else.
class FailingDiskTest {
    private final SimulatedFolder folder = new SimulatedFolder();

    @Test
    void onceThereIsSpaceAgainWorkGoesOn() {
        TreeStore store = TreeStore.open(folder, Limits.DEFAULT, Durability.OS, _ -> {});
        var told = new AtomicInteger();
        Store.Watch watch = store.watch(Rows.key(""), told::incrementAndGet);
        Rows.put(store, "a", 1);
        folder.machine().failing(1);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> Rows.put(store, "b", 2)).hasMessageContaining("cannot be written");
            assertThat(Rows.get(store, "b")).isZero();
        }
        folder.machine().failing(0);
        Rows.put(store, "c", 3);
        watch.close();

        assertThat(told).hasValue(2);
        assertThat(store.sequence()).isEqualTo(2);
        TreeStore again = reopened();
        assertThat(Rows.all(again)).containsOnlyKeys("a", "c");
        assertThat(again.sequence()).isEqualTo(2);
    }

    @Test
    void aTransactionTooLargeForTheJournalLeavesItSound() {
        TreeStore store = TreeStore.open(folder, Limits.DEFAULT, Durability.OS, _ -> {});
        byte[] large = new byte[1 << 29];
        Rows.put(store, "a", 1);

        assertThatThrownBy(() -> store.transact(Store.Origin.NONE, tx -> {
                    tx.put(Rows.key("l1"), large);
                    tx.put(Rows.key("l2"), large);
                    return true;
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("at once");
        Rows.put(store, "b", 1);

        assertThat(Rows.all(reopened())).containsOnlyKeys("a", "b");
    }

    @Test
    void anOriginThatFailsLeavesTheJournalSound() {
        TreeStore store = TreeStore.open(folder, Limits.DEFAULT, Durability.OS, _ -> {});

        assertThatThrownBy(() -> store.transact(
                        () -> {
                            throw new IllegalArgumentException("no origin");
                        },
                        tx -> {
                            tx.put(Rows.key("a"), Rows.number(1));
                            return true;
                        }))
                .hasMessage("no origin");
        Rows.put(store, "b", 1);

        assertThat(Rows.all(reopened())).containsOnlyKeys("b");
    }

    private TreeStore reopened() {
        var copy = new SimulatedFolder(folder.afterProcessDeath(), new SplittableRandom(1));
        return TreeStore.open(copy, Limits.DEFAULT, Durability.OS, _ -> {});
    }

    /// Each writer counts what was acknowledged to it; its row must say just that, then and after reopening.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void manyWritersOnAFailingDiskLoseAndKeepExactlyWhatTheyWereTold(long seed) {
        var failing = new SimulatedFolder(Map.of(), new SplittableRandom(seed));
        TreeStore store = TreeStore.open(failing, Limits.DEFAULT, Durability.FSYNC, _ -> {});
        Map<String, Long> acknowledged = new ConcurrentSkipListMap<>();
        failing.machine().failing(6);
        var names = new AtomicInteger();
        Together.run(16, _ -> {
            String own = "writer-" + names.incrementAndGet();
            for (int i = 0; i < 60; i++) {
                try {
                    StoreContract.add(store, own, 1);
                    acknowledged.merge(own, 1L, Long::sum);
                } catch (StoreException refused) {
                    assertThat(refused).hasMessageContaining("journal");
                }
            }
        });
        failing.machine().failing(0);

        assertThat(numbers(store)).as("seed %d", seed).isEqualTo(acknowledged);
        Rows.put(store, "last", 1);
        acknowledged.put("last", 1L);
        var copy = new SimulatedFolder(failing.afterPowerLoss(), new SplittableRandom(1));
        assertThat(numbers(TreeStore.open(copy, Limits.DEFAULT, Durability.FSYNC, _ -> {})))
                .isEqualTo(acknowledged);
    }

    private static Map<String, Long> numbers(Store store) {
        return store.transact(Store.Origin.NONE, tx -> {
            Map<String, Long> all = new TreeMap<>();
            for (Tx.Cursor rows = tx.range(Rows.FIRST, Rows.LAST, false); rows.next(); ) {
                all.put(Rows.text(rows.key()), Rows.number(rows.value()));
            }
            return all;
        });
    }

    @Test
    void anInterruptedWriterDoesNotCloseTheJournal(@TempDir Path directory) {
        TreeStore store = TreeStore.open(directory.resolve("journal"), Durability.FSYNC, _ -> {});

        Together.run(4, _ -> {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 10; i++) {
                StoreContract.add(store, "counter", 1);
            }
            LockSupport.parkNanos(1);
            assertThat(Thread.interrupted()).isTrue();
        });
        store.close();

        try (TreeStore again = TreeStore.open(directory.resolve("journal"), Durability.OS, _ -> {})) {
            assertThat(Rows.get(again, "counter")).isEqualTo(40);
        }
    }
}
