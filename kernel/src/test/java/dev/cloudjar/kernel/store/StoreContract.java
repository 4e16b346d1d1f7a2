package dev.cloudjar.kernel.store;

import static dev.cloudjar.kernel.store.Rows.key;
import static dev.cloudjar.kernel.store.Rows.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.store.Store.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Store] promises, whatever it keeps its rows in.
public abstract class StoreContract {
    private Store store = TreeStore.inMemory();

    protected abstract Store open();

    /// Holds the runs of a body whose reading was changed before it committed to what the store promises of such.
    protected void assertDisturbed(int runs) {
        assertThat(runs).isEqualTo(2);
    }

    /// Holds the runs of a body that nobody disturbed to what the store promises of such.
    protected void assertUndisturbed(int runs) {
        assertThat(runs).isEqualTo(1);
    }

    /// Holds the most runs that one of many bodies on one row took to what the store promises of such.
    protected void assertContended(int runs) {
        assertThat(runs).isLessThanOrEqualTo(2);
    }

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void concurrentHistoriesAreSerializable(long seed) {
        new Histories(store, seed).runAndCheck();
    }

    @Test
    void sixtyFourThreadsThatIncrementOneRowLoseNothing() {
        Together.run(64, _ -> {
            for (int i = 0; i < 100; i++) {
                add(store, "counter", 1);
            }
        });

        assertThat(Rows.get(store, "counter")).isEqualTo(6400);
        assertThat(store.sequence()).isGreaterThanOrEqualTo(6400);
    }

    /// Everybody gets on, however many want the same row: no body runs more often than the store promises.
    @Test
    void sixtyFourWritersOfOneRowAllGetOn() {
        int most = AmongWriters.ofOneRow(store, "hot", 64, 10);

        assertThat(Rows.get(store, "hot")).isEqualTo(640);
        assertContended(most);
    }

    /// Who reads much, while others write it without a pause, gets on as well.
    @Test
    void whoReadsWhatOthersWriteAllTheTimeGetsOn() {
        assertContended(new AmongWriters(store).ofSums());
    }

    /// A store may forget what was read, but it never takes something else for it.
    @Test
    void whatWasReadDoesNotHoldOnceItIsWritten() {
        Optional<Reads> reads = store.transact(Origin.NONE, tx -> {
            tx.get(key("absent"));
            return tx.reads();
        });
        Rows.put(store, "absent", 1);

        assertThat(reads.filter(store::holds)).isEmpty();
    }

    @Test
    void aTransactionOfTooManyRowsIsRefusedWithTheReason() {
        Rows.put(store, "row", 1);

        assertThatThrownBy(() -> many(Overlay.MOST_CHANGES + 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("at most 200000 rows at once");

        assertThat(Rows.all(store)).containsOnlyKeys("row");
        assertThat(many(10)).isEqualTo(10);
        assertThat(Rows.all(store)).hasSize(11);
    }

    private int many(int rows) {
        return store.transact(Origin.NONE, tx -> {
            for (int i = 0; i < rows; i++) {
                tx.put(key("many-" + i), number(i));
            }
            return rows;
        });
    }

    @Test
    void aTransactionOfTooManyBytesIsRefusedWithTheReason() {
        byte[] large = new byte[(int) (Overlay.MOST_BYTES / 4)];

        assertThatThrownBy(() -> store.transact(Origin.NONE, tx -> {
                    for (int i = 0; i < 4; i++) {
                        tx.put(key("large-" + i), large);
                    }
                    return true;
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("at most 256 MiB at once");

        assertThat(Rows.all(store)).isEmpty();
    }

    /// What counts is what a transaction leaves behind, not how often it changes its mind.
    @Test
    void aRowThatIsWrittenOverAndOverIsNotTooMuch() {
        byte[] large = new byte[(int) (Overlay.MOST_BYTES / 4)];

        long kept = store.transact(Origin.NONE, tx -> {
            for (int i = 0; i < 8; i++) {
                tx.put(key("large"), large);
                tx.put(key("large"), number(i));
            }
            return number(tx.get(key("large")));
        });

        assertThat(kept).isEqualTo(7);
    }

    /// Accounts that become empty are removed and appear again, so every sum is also a test for phantoms.
    @Test
    void moneyIsMovedButNeverMadeOrLost() {
        Rows.put(store, "account-00", 1000);

        Together.run(16, random -> {
            for (int i = 0; i < 200; i++) {
                String from = "account-%02d".formatted(random.nextInt(20));
                String to = "account-%02d".formatted(random.nextInt(20));
                transfer(from, to, 1 + random.nextInt(300));
                assertThat(sum()).isEqualTo(1000);
            }
        });

        assertThat(sum()).isEqualTo(1000);
    }

    private void transfer(String from, String to, long amount) {
        store.transact(Origin.NONE, tx -> {
            long has = number(tx.get(key(from)));
            if (has >= amount && !from.equals(to)) {
                set(tx, from, has - amount);
                set(tx, to, number(tx.get(key(to))) + amount);
            }
            return has;
        });
    }

    private static void set(Tx tx, String account, long balance) {
        if (balance == 0) {
            tx.delete(key(account));
        } else {
            tx.put(key(account), number(balance));
        }
    }

    private long sum() {
        return store.transact(Origin.NONE, tx -> {
            long sum = 0;
            for (Tx.Cursor rows = tx.range(key("account-"), key("account-~"), false); rows.next(); ) {
                sum += number(rows.value());
            }
            return sum;
        });
    }

    /// Two counts decide about one insert: with mere snapshots, two inserts would both see the last free place.
    @Test
    void aLimitOverTwoCountsIsNeverPassed() {
        Together.run(16, random -> {
            for (int i = 0; i < 200; i++) {
                String name = (random.nextBoolean() ? "a" : "b") + random.nextInt(30);
                store.transact(Origin.NONE, tx -> {
                    long there = count(tx, "a") + count(tx, "b");
                    assertThat(there).isLessThanOrEqualTo(8);
                    if (tx.get(key(name)) != null) {
                        tx.delete(key(name));
                    } else if (there < 8) {
                        tx.put(key(name), number(1));
                    }
                    return there;
                });
            }
        });

        assertThat(Rows.all(store)).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void longKeysAreInOrderAndKeptApart() {
        new LongKeys(store).areInOrderAndKeptApart();
    }

    private static long count(Tx tx, String prefix) {
        return tx.count(key(prefix), Keys.after(key(prefix)));
    }

    @Test
    void aRefusedBodyChangesNothing() {
        Rows.put(store, "row", 1);
        long before = store.sequence();

        assertThatThrownBy(() -> store.transact(Origin.NONE, tx -> {
                    tx.put(key("row"), number(2));
                    tx.put(key("other"), number(2));
                    throw new IllegalArgumentException("refused");
                }))
                .hasMessage("refused");

        assertThat(Rows.all(store)).containsOnlyKeys("row");
        assertThat(Rows.get(store, "row")).isEqualTo(1);
        assertThat(store.sequence()).isEqualTo(before);
    }

    @Test
    void aBodyBegunInAnotherIsRefused() {
        assertThatThrownBy(() -> disturbed(tx -> tx.get(key("a")), "a", () -> Rows.put(store, "b", 1)))
                .hasMessageContaining("within another");
    }

    @Test
    void aBodyWhoseReadsHaveChangedRunsAgain() {
        assertDisturbed(runsOf(tx -> tx.get(key("a")), "a"));
        assertUndisturbed(runsOf(tx -> tx.get(key("a")), "other"));
    }

    @Test
    void anInsertIntoAScannedRangeRunsTheBodyAgain() {
        assertDisturbed(runsOf(tx -> scan(tx, false, 100), "m5"));
        assertDisturbed(runsOf(tx -> scan(tx, true, 100), "m6"));
        assertDisturbed(runsOf(tx -> tx.count(key("m"), key("n")), "m7"));
        assertUndisturbed(runsOf(tx -> scan(tx, false, 100), "n"));
    }

    @Test
    void anInsertBehindWhereAScanStoppedDisturbsNobody() {
        Rows.put(store, "m3", 1);
        Rows.put(store, "m5", 1);

        assertUndisturbed(runsOf(tx -> scan(tx, false, 1), "m4"));
        assertDisturbed(runsOf(tx -> scan(tx, false, 1), "m2"));
        assertUndisturbed(runsOf(tx -> scan(tx, true, 1), "m1"));
        assertDisturbed(runsOf(tx -> scan(tx, true, 1), "m6"));
    }

    private static void scan(Tx tx, boolean descending, int most) {
        Tx.Cursor rows = tx.range(key("m"), key("n"), descending);
        for (int i = 0; i < most && rows.next(); i++) {
            assertThat(rows.key()).startsWith(key("m"));
        }
    }

    private int runsOf(Consumer<Tx> reads, String changed) {
        return disturbed(reads, changed, () -> {});
    }

    /// How often a body ran that read, saw another thread change a key, and wrote something else.
    private int disturbed(Consumer<Tx> reads, String changed, Runnable again) {
        var runs = new AtomicInteger();
        store.transact(Origin.NONE, tx -> {
            reads.accept(tx);
            if (runs.incrementAndGet() == 1) {
                Together.run(1, _ -> add(store, changed, 1));
            } else {
                again.run();
            }
            tx.put(key("result"), number(runs.get()));
            return true;
        });
        return runs.get();
    }

    @Test
    void aBodySeesOneVersionOfEverything() {
        Rows.put(store, "a", 1);
        Rows.put(store, "b", 1);
        var seen = new ArrayList<Long>();

        store.transact(Origin.NONE, tx -> {
            seen.add(number(tx.get(key("a"))));
            Together.run(1, _ -> {
                Rows.put(store, "a", 2);
                Rows.put(store, "b", 2);
            });
            seen.add(number(tx.get(key("b"))));
            return true;
        });

        assertThat(seen).containsExactly(1L, 1L);
    }

    @Test
    void aWatchTellsOfCommitsBeneathItsPrefixAndOfNothingElse() {
        Rows.put(store, "queue-1", 1);
        List<Long> seen = new ArrayList<>();
        Store.Watch watch = store.watch(key("queue"), () -> seen.add(Rows.get(store, "queue-1")));

        Rows.put(store, "queue-1", 2);
        Rows.put(store, "topic-1", 9);
        Rows.get(store, "queue-1");
        assertThatThrownBy(() -> store.transact(Origin.NONE, tx -> {
                    tx.put(key("queue-1"), number(3));
                    throw new IllegalArgumentException("refused");
                }))
                .hasMessage("refused");
        store.transact(Origin.NONE, tx -> {
            tx.delete(key("queue-1"));
            return true;
        });
        watch.close();
        Rows.put(store, "queue-1", 5);

        assertThat(seen).containsExactly(2L, 0L);
    }

    @Test
    void twoWatchersOfOnePrefixAreBothToldUntilEachIsClosed() {
        var first = new AtomicInteger();
        var second = new AtomicInteger();
        Store.Watch one = store.watch(key("q"), first::incrementAndGet);
        Store.Watch two = store.watch(key("q"), second::incrementAndGet);

        Rows.put(store, "q", 1);
        one.close();
        Rows.put(store, "q", 2);
        two.close();
        Rows.put(store, "q", 3);

        assertThat(first).hasValue(1);
        assertThat(second).hasValue(2);
    }

    @Test
    void anEmptyValueIsNotNothing() {
        store.transact(Origin.NONE, tx -> {
            tx.put(key("empty"), new byte[0]);
            assertThat(tx.get(key("empty"))).isEmpty();
            return true;
        });

        byte[] read = store.transact(Origin.NONE, tx -> {
            byte[] value = tx.get(key("empty"));
            return value == null ? number(0) : value;
        });
        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aTransactionSeesItsOwnChangesInEveryReading(long seed) {
        new OwnChanges(store, seed).runAndCheck();
    }

    static void add(Store store, String key, long more) {
        store.transact(Origin.NONE, tx -> {
            long sum = number(tx.get(key(key))) + more;
            tx.put(key(key), number(sum));
            return sum;
        });
    }
}
