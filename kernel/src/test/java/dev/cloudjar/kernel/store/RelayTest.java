package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// One works for all who wait, never two at once, and nobody is forgotten.
class RelayTest {
    private final Relay relay = new Relay();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger();

    /// Does all that was wanted so far.
    private void work() {
        assertThat(working.incrementAndGet()).isEqualTo(1);
        long upTo = wanted.get();
        Thread.yield();
        done.set(upTo);
        rounds.incrementAndGet();
        working.decrementAndGet();
    }

    private void want() {
        long mine = wanted.incrementAndGet();
        relay.await(() -> done.get() >= mine, this::work);
        assertThat(done.get()).isGreaterThanOrEqualTo(mine);
    }

    @Test
    void everybodyComesBackAndWorkIsShared() {
        Together.run(64, _ -> {
            for (int i = 0; i < 200; i++) {
                want();
            }
        });

        assertThat(done).hasValue(64 * 200);
        assertThat(rounds.get()).isBetween(1, 64 * 200);
    }

    @Test
    void whoWorksAloneIsAloneAndOthersGoOnAfterwards() {
        Together.run(16, random -> {
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(4) == 0) {
                    relay.alone(() -> {
                        assertThat(working.incrementAndGet()).isEqualTo(1);
                        Thread.yield();
                        return working.decrementAndGet();
                    });
                } else {
                    want();
                }
            }
        });

        assertThat(working).hasValue(0);
    }

    @Test
    void workThatFailsIsItsOwnersFailureAndOthersTakeOver() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var others = new CountDownLatch(4);
        Thread owner = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> relay.alone(() -> {
                            entered.countDown();
                            others.await();
                            throw new IllegalStateException("failed");
                        }))
                        .hasMessage("failed"));
        entered.await();
        Together.run(4, _ -> {
            others.countDown();
            want();
        });
        owner.join();

        assertThat(done).hasValue(4);
    }

    @Test
    void whoIsInterruptedWaitsOnAndStaysInterrupted() {
        Together.run(8, _ -> {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 50; i++) {
                want();
            }
            assertThat(Thread.interrupted()).isTrue();
        });

        assertThat(done).hasValue(400);
    }
}
