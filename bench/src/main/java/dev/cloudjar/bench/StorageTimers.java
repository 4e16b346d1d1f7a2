package dev.cloudjar.bench;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// How late timers are by the real clock with many pending, and how long a month with many of them takes.
final class StorageTimers {
    private static final String ID = "timers";
    private static final int PENDING = 100_000;
    private static final int DUE = 1_000;
    private static final int MONTH = 10_000;

    private final Path folder;
    private final StorageLatency lateness = new StorageLatency();
    private final AtomicReference<Consumer<Instant>> rings = new AtomicReference<>(_ -> {});

    StorageTimers(Path folder) {
        this.folder = folder;
    }

    /// A service without operations, whose only task says that its time has come.
    private final class Clockwork implements Service, Sts {
        private final Kernel kernel;

        Clockwork(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public List<Api> parts() {
            return List.of(this);
        }

        @Override
        public Map<String, Consumer<String>> tasks() {
            return Map.of("ring", due -> rings.get().accept(Instant.parse(due)));
        }

        private void at(Instant when) {
            kernel.agenda().at(when, ID, "ring", when.toString());
        }
    }

    String run() {
        var entry = new Service.Entry(ID, Clockwork::new);
        try (World world = World.open(folder.resolve("timers"), World.Settings.DEFAULT, List.of(entry))) {
            var clockwork = (Clockwork) world.service(ID).orElseThrow().service();
            late(world, clockwork);
            long month = month(world, clockwork);
            return String.format(
                    Locale.ROOT,
                    "%nTimers of a world with a journal (`os`): how late %,d of them were, one every 2 ms, with %,d"
                            + " more pending.%n%n| | median µs | p99 | p99.9 | longest |%n|---|---:|---:|---:|---:|%n%s"
                            + "%nAdvancing the clock by 30 days with %,d of them on the way took %,d ms.%n",
                    DUE,
                    PENDING,
                    lateness.line("late"),
                    MONTH,
                    month);
        }
    }

    private void late(World world, Clockwork clockwork) {
        Instant far = world.time().now().plus(Duration.ofDays(400));
        for (int from = 0; from < PENDING; from += 1000) {
            Instant first = far.plusSeconds(from);
            world.asKernel(() -> set(clockwork, first, 1000, Duration.ofSeconds(1)));
        }
        ring(world, clockwork, _ -> {});
        ring(
                world,
                clockwork,
                due -> lateness.took(Duration.between(due, world.time().now()).toNanos()));
    }

    /// Lets timers ring one after the other, and returns when all have.
    private void ring(World world, Clockwork clockwork, Consumer<Instant> bell) {
        var rung = new CountDownLatch(DUE);
        rings.set(due -> {
            bell.accept(due);
            rung.countDown();
        });
        Instant soon = world.time().now().plusSeconds(1);
        world.asKernel(() -> set(clockwork, soon, DUE, Duration.ofMillis(2)));
        await(rung);
    }

    private static boolean set(Clockwork clockwork, Instant first, int many, Duration apart) {
        for (int i = 0; i < many; i++) {
            clockwork.at(first.plus(apart.multipliedBy(i)));
        }
        return true;
    }

    private static void await(CountDownLatch rung) {
        try {
            rung.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long month(World world, Clockwork clockwork) {
        world.freezeClock();
        var rung = new CountDownLatch(MONTH);
        rings.set(_ -> rung.countDown());
        Instant start = world.time().now();
        for (int from = 0; from < MONTH; from += 1000) {
            Instant first = start.plusSeconds(from * 259L);
            world.asKernel(() -> set(clockwork, first, 1000, Duration.ofSeconds(259)));
        }
        long began = System.nanoTime();
        world.advanceClock(Duration.ofDays(30));
        await(rung);
        return (System.nanoTime() - began) / 1_000_000;
    }
}
