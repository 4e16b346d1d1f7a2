package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.store.SimulatedMachine.Crash;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Wherever the process dies, the disk fails or the power goes: what was acknowledged is there, a transaction is
/// there whole or not at all, and work goes on. A failure names its seed, and the seed repeats it exactly.
class CrashTest {
    private static final int SEEDS = 2500;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nothingAcknowledgedIsLostAndNothingIsHalfDone(Durability durability) {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Run(durability, seed).check();
        }
    }

    /// One life after another of one journal, each ended by a crash.
    private static final class Run {
        private final Durability durability;
        private final long seed;
        private final SplittableRandom random;
        private final Limits limits;
        private Map<String, byte[]> content = Map.of();
        private Map<String, String> acknowledged = new TreeMap<>();
        private final Set<Map<String, String>> possible = new HashSet<>();
        private final Map<String, Map<String, String>> snapshots = new TreeMap<>();
        private final Map<String, Map<String, String>> possibleSnapshots = new TreeMap<>();

        Run(Durability durability, long seed) {
            this.durability = durability;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            // Small enough that most lives write a checkpoint, some of several parts, and forget some history.
            this.limits = new Limits(random.nextInt(100, 1500), 900, 2500, random.nextInt(3) * 3000, Runnable::run);
        }

        void check() {
            for (int life = 0; life < 3; life++) {
                var folder = new SimulatedFolder(content, random);
                folder.machine().crashAt(1 + random.nextInt(80));
                folder.machine().failing(random.nextInt(3) == 0 ? 6 : 0);
                possible.add(acknowledged);
                live(folder);
                boolean power = durability == Durability.FSYNC && random.nextBoolean();
                content = power ? folder.afterPowerLoss() : folder.afterProcessDeath();
                reopen();
            }
        }

        /// Works until the crash comes.
        private void live(SimulatedFolder folder) {
            try {
                TreeStore store = TreeStore.open(folder, limits, durability, _ -> {});
                for (int i = 0; i < 12; i++) {
                    transaction(store);
                    if (random.nextInt(6) == 0) {
                        store.checkpoint();
                    }
                    if (random.nextInt(12) == 0) {
                        save(store);
                    }
                }
            } catch (StoreException cannotBeOpened) {
                assertThat(cannotBeOpened).as("seed %d", seed).hasMessageStartingWith("cannot open the journal");
            } catch (Crash expected) {
                assertThat(folder.machine().operations()).isPositive();
            }
        }

        private void save(TreeStore store) {
            String name = "s" + possibleSnapshots.size();
            possibleSnapshots.put(name, acknowledged);
            try {
                store.versions().save(name, "");
                snapshots.put(name, acknowledged);
            } catch (StoreException refused) {
                assertThat(refused).hasMessageContaining("cannot be used");
            }
        }

        private void transaction(TreeStore store) {
            Map<String, String> after = new TreeMap<>(acknowledged);
            String value = "v".repeat(1 << random.nextInt(11)) + random.nextInt(1000);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                String key = "k" + random.nextInt(6);
                if (random.nextInt(4) == 0) {
                    after.remove(key);
                } else {
                    after.put(key, value);
                }
            }
            possible.add(after);
            try {
                change(store, acknowledged, after);
                if (!after.equals(acknowledged)) {
                    possible.clear();
                    possible.add(after);
                }
                acknowledged = after;
            } catch (StoreException refused) {
                assertThat(Rows.all(store)).as("seed %d: %s", seed, refused).isEqualTo(acknowledged);
            }
        }

        private static void change(TreeStore store, Map<String, String> from, Map<String, String> to) {
            store.transact(Store.Origin.NONE, tx -> {
                from.keySet().stream().filter(key -> !to.containsKey(key)).forEach(key -> tx.delete(Rows.key(key)));
                to.forEach((key, value) -> {
                    if (!value.equals(from.get(key))) {
                        tx.put(Rows.key(key), Rows.key(value));
                    }
                });
                return true;
            });
        }

        private void reopen() {
            var folder = new SimulatedFolder(content, random);
            TreeStore store = TreeStore.open(folder, limits, durability, _ -> {});
            Map<String, String> found = Rows.all(store);
            assertThat(possible).as("seed %d", seed).contains(found);
            possible.clear();
            acknowledged = found;
            checkSnapshots(store.versions());
            transaction(store);
            assertThat(Rows.all(store)).as("seed %d", seed).isEqualTo(acknowledged);
            store.close();
            content = folder.afterProcessDeath();
        }

        private void checkSnapshots(Versions versions) {
            var names = versions.saved().stream().map(Versions.Saved::name).toList();
            assertThat(names).as("seed %d", seed).containsAll(snapshots.keySet());
            for (String name : names) {
                Map<String, String> rows = new TreeMap<>();
                for (Tx.Cursor all = versions.saved(name).all(); all.next(); ) {
                    rows.put(Rows.text(all.key()), Rows.text(all.value()));
                }
                assertThat(rows).as("seed %d, snapshot %s", seed, name).isEqualTo(possibleSnapshots.get(name));
                snapshots.put(name, rows);
            }
        }
    }
}
