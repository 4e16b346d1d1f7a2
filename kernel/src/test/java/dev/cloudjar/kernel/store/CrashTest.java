package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.store.SimulatedDisk.Crash;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Wherever the process dies, the disk fails or the power goes: what was acknowledged is there, a transaction is
/// there whole or not at all, and work goes on. A failure names its seed, and the seed repeats it exactly.
class CrashTest {
    private static final int SEEDS = 2500;

    private final Path file;

    CrashTest(@TempDir Path directory) {
        this.file = directory.resolve("journal");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nothingAcknowledgedIsLostAndNothingIsHalfDone(Durability durability) {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Run(file, durability, seed).check();
        }
    }

    /// One life after another of one journal, each ended by a crash.
    private static final class Run {
        private final Path file;
        private final Durability durability;
        private final long seed;
        private final SplittableRandom random;
        private byte[] content = {};
        private Map<String, String> acknowledged = new TreeMap<>();
        private final Set<Map<String, String>> possible = new HashSet<>();

        Run(Path file, Durability durability, long seed) {
            this.file = file;
            this.durability = durability;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        void check() {
            for (int life = 0; life < 3; life++) {
                SimulatedDisk disk = new SimulatedDisk(content, random);
                disk.crashAt(1 + random.nextInt(40));
                disk.failing(random.nextInt(3) == 0 ? 4 : 0);
                possible.add(acknowledged);
                live(disk);
                boolean power = durability == Durability.FSYNC && random.nextBoolean();
                content = power ? disk.afterPowerLoss() : disk.afterProcessDeath();
                reopen();
            }
        }

        /// Works until the crash comes.
        private void live(SimulatedDisk disk) {
            try {
                TreeStore store = TreeStore.open(file, _ -> disk, durability, _ -> {});
                for (int i = 0; i < 12; i++) {
                    transaction(store);
                }
            } catch (StoreException cannotBeOpened) {
                assertThat(cannotBeOpened).as("seed %d", seed).hasMessageStartingWith("cannot open the journal");
            } catch (Crash expected) {
                assertThat(disk.operations()).isPositive();
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
            SimulatedDisk disk = new SimulatedDisk(content, random);
            TreeStore store = TreeStore.open(file, _ -> disk, durability, _ -> {});
            Map<String, String> found = Rows.all(store);
            assertThat(possible).as("seed %d", seed).contains(found);
            possible.clear();
            acknowledged = found;
            transaction(store);
            assertThat(Rows.all(store)).as("seed %d", seed).isEqualTo(acknowledged);
            store.close();
            content = disk.afterProcessDeath();
        }
    }
}
