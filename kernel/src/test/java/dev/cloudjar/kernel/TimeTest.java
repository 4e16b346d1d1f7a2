package dev.cloudjar.kernel;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.Time.Attempt;
import dev.cloudjar.kernel.store.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The world's clock does as it is told, and who waits for it or for a row is woken.
class TimeTest {
    private final World world = World.inMemory(Calls.settings(_ -> {}), List.of(Notes.entry(new AtomicInteger())));
    private final Time time = world.time();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aFrozenClockMovesByWhatItIsAdvanced() {
        world.freezeClock();
        Instant start = time.now();
        world.advanceClock(ofDays(400));
        assertThat(time.now()).isEqualTo(start.plus(ofDays(400)));

        world.setClock(Instant.EPOCH.minusSeconds(5));

        assertThat(time.now()).isEqualTo(Instant.EPOCH.minusSeconds(5));
    }

    @Test
    void aClockThatWasSetGoesOn() {
        Instant then = Instant.parse("2040-01-01T00:00:00Z");
        world.setClock(then);

        assertThat(time.now()).isAfterOrEqualTo(then).isBefore(then.plus(ofHours(1)));
        assertThat(time.pace().scale()).isEqualTo(1);

        world.resetClock();
        assertThat(time.pace().scale()).isEqualTo(1);
        assertThat(time.now()).isBefore(then);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e12})
    void aClockThatCannotRunLikeThatIsRefused(double scale) {
        assertThatThrownBy(() -> world.scaleClock(scale)).isInstanceOf(IllegalArgumentException.class);
        assertThat(time.pace().scale()).isEqualTo(1);
    }

    @Test
    void manyWhoAdvanceTheClockAtOnceAddUp() {
        world.freezeClock();
        Instant start = time.now();
        Together.run(8, _ -> {
            for (int i = 0; i < 25; i++) {
                world.advanceClock(ofSeconds(1));
            }
        });

        assertThat(time.now()).isEqualTo(start.plusSeconds(200));
    }

    @Test
    void theClockIsKept(@TempDir Path directory) {
        Instant frozen;
        try (World first = World.open(directory, Calls.settings(_ -> {}), List.of())) {
            first.freezeClock();
            first.advanceClock(ofDays(3));
            frozen = first.time().now();
        }
        try (World second = World.open(directory, Calls.settings(_ -> {}), List.of())) {
            assertThat(second.time().now()).isEqualTo(frozen);
            second.scaleClock(1000);
        }
        try (World third = World.open(directory, Calls.settings(_ -> {}), List.of())) {
            assertThat(third.time().pace().scale()).isEqualTo(1000);
            assertThat(third.time().now()).isAfter(frozen);
        }
    }

    @Test
    void whoWaitsIsWokenByACommit() throws Exception {
        world.freezeClock();
        for (int round = 1; round <= 300; round++) {
            int enough = round;
            CompletableFuture<Integer> waiting = waiting(ofDays(1), () -> tried(enough));
            Calls.run(() -> Notes.in(world).write0("more"));

            assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo(enough);
        }
    }

    @Test
    void whoWaitsIsWokenWhenTheClockMoves() throws Exception {
        world.freezeClock();
        for (int round = 0; round < 100; round++) {
            Instant due = time.now().plusSeconds(30);
            CompletableFuture<Integer> waiting =
                    waiting(ofDays(1), () -> new Attempt<>(1, !time.now().isBefore(due), Optional.of(due)));
            world.advanceClock(ofSeconds(30));

            assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo(1);
        }
    }

    @Test
    void whoWaitsGetsTheLastResultWhenTheDeadlinePasses() throws Exception {
        world.freezeClock();
        var begun = new CountDownLatch(1);
        CompletableFuture<Integer> waiting = waiting(ofDays(1), () -> {
            begun.countDown();
            return tried(5);
        });
        begun.await();
        world.advanceClock(ofDays(1));

        assertThat(waiting.get(1, TimeUnit.MINUTES)).isZero();
    }

    @Test
    void deadlinesAndInstantsPassByThemselvesOnARunningClock() {
        Instant due = time.now().plusMillis(30);
        assertThat(await(ofHours(1), () -> new Attempt<>("due", !time.now().isBefore(due), Optional.of(due))))
                .isEqualTo("due");
        assertThat(time.now()).isAfterOrEqualTo(due);

        assertThat(await(ofMillis(30), () -> new Attempt<>("late", false, Optional.empty())))
                .isEqualTo("late");
        assertThat(time.now()).isAfterOrEqualTo(due.plusMillis(30));
    }

    @Test
    void aThreadThatIsToldToStopGetsTheLastResultAndStaysTold() throws Exception {
        var told = new AtomicReference<Boolean>();
        var result = new CompletableFuture<Integer>();
        Thread thread = Thread.startVirtualThread(() -> {
            result.complete(await(ofDays(1), () -> tried(5)));
            told.set(Thread.interrupted());
        });
        thread.interrupt();

        assertThat(result.get(1, TimeUnit.MINUTES)).isZero();
        thread.join();
        assertThat(told).hasValue(true);
    }

    private Attempt<Integer> tried(int enough) {
        int found = Calls.as(() -> Notes.in(world).all().size());
        return new Attempt<>(found, found >= enough, Optional.empty());
    }

    private CompletableFuture<Integer> waiting(Duration patience, Supplier<Attempt<Integer>> attempt) {
        var result = new CompletableFuture<Integer>();
        Thread.startVirtualThread(() -> result.complete(await(patience, attempt)));
        return result;
    }

    private <R> R await(Duration patience, Supplier<Attempt<R>> attempt) {
        return Calls.as(
                () -> time.await(patience, changed -> Notes.in(world).table().watch(changed), attempt));
    }
}
