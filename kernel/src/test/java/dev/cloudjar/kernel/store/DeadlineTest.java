package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A transaction that takes too long is refused with the reason and leaves nothing behind, and others go on.
class DeadlineTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final TreeStore store = TreeStore.inMemory(now::get);

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private boolean slow(Duration takes) {
        return store.transact(Store.Origin.NONE, tx -> {
            tx.put(Rows.key("slow"), Rows.number(1));
            pass(takes);
            return true;
        });
    }

    @Test
    void oneThatComesLateToItsCommitIsRefused() {
        assertThatThrownBy(() -> slow(Deadline.ALONE.plus(MOMENT)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("at most 30 seconds");
        assertThat(Rows.all(store)).isEmpty();

        assertThat(slow(Deadline.ALONE)).isTrue();
        assertThat(Rows.all(store)).containsOnlyKeys("slow");
    }

    @Test
    void oneThatReadsOnAndOnIsRefusedInTheMidst() {
        Rows.put(store, "row", 1);

        assertThatThrownBy(() -> store.transact(Store.Origin.NONE, tx -> {
                    while (tx.get(Rows.key("row")) != null) {
                        pass(MOMENT);
                    }
                    return true;
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("30 seconds");

        Rows.put(store, "row", 2);
        assertThat(Rows.get(store, "row")).isEqualTo(2);
    }

    /// The second run of one that was disturbed holds up all others, so it has less time.
    @Test
    void oneThatOthersWaitForHasLessTime() {
        assertThatThrownBy(() -> disturbed(Deadline.AWAITED.plus(MOMENT))).hasMessageContaining("at most 10 seconds");
        assertThat(Rows.get(store, "result")).isZero();

        disturbed(Deadline.AWAITED);
        assertThat(Rows.get(store, "result")).isEqualTo(1);
    }

    private void disturbed(Duration takes) {
        Rows.put(store, "row", 0);
        store.transact(Store.Origin.NONE, tx -> {
            long before = Rows.number(tx.get(Rows.key("row")));
            if (before == 0) {
                Together.run(1, _ -> Rows.put(store, "row", 1));
            } else {
                pass(takes);
            }
            tx.put(Rows.key("result"), Rows.number(1));
            return true;
        });
    }
}
