package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What the versions of every [Store] that lasts promise: names, the present, the past and the journal.
public abstract class VersionsContract {
    protected abstract Store open();

    /// Waits until the store shows what was committed: another transaction may be under way that it cannot see.
    private static long settled(Store store, long before) {
        while (store.sequence() <= before) {
            Thread.yield();
        }
        return store.sequence();
    }

    private static long put(Store store, String key, String value) {
        long before = store.sequence();
        store.transact(() -> Rows.key("somebody"), tx -> {
            tx.put(Rows.key(key), Rows.key(value));
            return true;
        });
        return settled(store, before);
    }

    private static long delete(Store store, String key) {
        long before = store.sequence();
        store.transact(() -> Rows.key("somebody else"), tx -> {
            tx.delete(Rows.key(key));
            return true;
        });
        return settled(store, before);
    }

    @Test
    void aVersionIsWhatItWasWhateverHappensAfterwards() {
        try (Store store = open()) {
            put(store, "a", "1");
            put(store, "b", "x".repeat(9000));
            Versions.Saved saved = store.versions().save("one", "a note");
            String digest = store.versions().now().digest();
            put(store, "a", "2");
            delete(store, "b");

            assertThat(saved.rows()).isEqualTo(2);
            assertThat(saved.bytes()).isEqualTo(9003);
            assertThat(store.versions().saved()).containsExactly(saved);
            assertThat(saved.note()).isEqualTo("a note");
            assertThat(store.versions().saved("one").digest()).isEqualTo(digest);
            assertThat(store.versions().now().digest()).isNotEqualTo(digest);
        }
    }

    @Test
    void aLoadedVersionIsThePresentAndWhoWatchesIsTold() {
        try (Store store = open()) {
            put(store, "a", "1");
            put(store, "kept", "same");
            store.versions().save("one", "");
            put(store, "a", "2");
            put(store, "b", "2");
            var told = new AtomicInteger();
            Store.Watch watch = store.watch(Rows.key("b"), told::incrementAndGet);

            store.versions().load("one");
            watch.close();

            assertThat(told.get()).isPositive();
            assertThat(Rows.all(store)).isEqualTo(Map.of("a", "1", "kept", "same"));
            put(store, "c", "3");
            assertThat(Rows.all(store)).containsOnlyKeys("a", "c", "kept");
            store.versions().load("one");
            assertThat(Rows.all(store)).containsOnlyKeys("a", "kept");
        }
    }

    @Test
    void whatComesFromElsewhereIsKeptUnderAName() {
        try (Store store = open()) {
            var builder = new Version.Builder();
            for (int i = 1000; i < 3500; i++) {
                builder.put(Rows.key("row" + i), Rows.key("value " + i));
            }
            Version foreign = builder.build();

            store.versions().save("theirs", "", foreign);

            assertThat(store.versions().saved("theirs").digest()).isEqualTo(foreign.digest());
            store.versions().load("theirs");
            assertThat(Rows.all(store)).hasSize(2500);
        }
    }

    @Test
    void aNameIsTakenOnceFitForAFileAndFreeAgain() {
        try (Store store = open()) {
            Versions versions = store.versions();
            versions.save("one", "");

            assertThatThrownBy(() -> versions.save("one", "")).hasMessageContaining("already");
            for (String bad : List.of("", "../x", "a b", ".x", "x".repeat(65), "-x")) {
                assertThatThrownBy(() -> versions.save(bad, "")).hasMessageContaining("is no name");
            }
            assertThatThrownBy(() -> versions.load("two")).hasMessage("There is no snapshot 'two'.");
            assertThatThrownBy(() -> versions.saved("two")).hasMessage("There is no snapshot 'two'.");
            assertThat(versions.delete("two")).isFalse();
            assertThat(versions.delete("one")).isTrue();
            assertThat(versions.saved()).isEmpty();
            assertThat(versions.save("one", "").name()).isEqualTo("one");
        }
    }

    @Test
    void theDifferenceIsWhatOneHasAndTheOtherHasNot() {
        try (Store store = open()) {
            put(store, "a", "1");
            put(store, "b", "1");
            put(store, "c", "1");
            store.versions().save("before", "");
            put(store, "b", "2");
            delete(store, "c");
            put(store, "d", "2");
            List<String> found = new ArrayList<>();

            store.versions()
                    .saved("before")
                    .differences(
                            store.versions().now(),
                            (key, was, is) -> found.add(Rows.text(key)
                                    + ' '
                                    + (was == null ? "-" : Rows.text(was))
                                    + ' '
                                    + (is == null ? "-" : Rows.text(is))));

            assertThat(found).containsExactly("b 1 2", "c 1 -", "d - 2");
        }
    }

    @Test
    void thePastIsShownAsItWas() {
        var random = new SplittableRandom(7);
        try (Store store = open()) {
            Map<Long, String> digests = new TreeMap<>();
            for (int i = 0; i < 120; i++) {
                String key = "key-" + random.nextInt(20);
                long sequence = random.nextInt(4) == 0
                        ? delete(store, key)
                        : put(store, key, "v".repeat(random.nextInt(200)) + random.nextInt());
                digests.put(sequence, store.versions().now().digest());
            }

            digests.forEach((sequence, digest) -> assertThat(
                            store.versions().at(sequence).digest())
                    .as("%d", sequence)
                    .isEqualTo(digest));
            assertThat(store.versions().oldest()).isZero();
            assertThatThrownBy(() -> store.versions().at(store.sequence() + 1))
                    .hasMessageContaining("from transaction 0");
        }
    }

    @Test
    void theJournalTellsWhoDidWhatAfterANumber() {
        try (Store store = open()) {
            put(store, "a", "1");
            long second = put(store, "a", "2");
            long third = delete(store, "a");
            put(store, "b", "3");
            List<String> told = new ArrayList<>();

            store.versions().journal(store.versions().oldest(), entry -> {
                told.add(Rows.text(entry.origin()));
                return true;
            });
            store.versions().journal(second, entry -> {
                told.add(entry.sequence() == third ? "third" : "another");
                entry.changes().forEach(change -> {
                    byte[] value = change.value();
                    told.add(Rows.text(change.key()) + ' ' + (value == null ? "-" : Rows.text(value)));
                });
                return false;
            });

            assertThat(told).containsExactly("somebody", "somebody", "somebody else", "somebody", "third", "a -");
        }
    }
}
