package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// Sets the world's clock, for one caller after another, and keeps its pace among the rows.
final class WorldClock {
    private final World world;
    private final InstantSource real;
    private final Table<String, Time.Pace> paces;
    private final ReentrantLock setting = new ReentrantLock();

    WorldClock(World world, InstantSource real) {
        this.world = world;
        this.real = real;
        this.paces = new Table<>(world.transactions(), "kernel.clock", Time.Pace.class, Scope.WORLD);
    }

    /// Follows what other nodes do to the clock of the world that they share.
    void follow() {
        paces.watch(() -> Thread.ofVirtual().start(this::resumeIfItCan));
    }

    /// Waits for who sets the clock here: a pace that was read before would undo theirs.
    private void resumeIfItCan() {
        try {
            setting(this::resume);
        } catch (StoreException lost) {
            world.settings().log().accept("the clock was not looked at: " + lost.getMessage());
        }
    }

    /// Goes on at the pace that the rows have.
    void resume() {
        world.time().set(world.background(() -> paces.find("clock")).orElse(Time.Pace.REAL));
    }

    void follow(Time.Pace pace) {
        setting(() -> keep(pace));
    }

    void scale(double scale) {
        setting(() -> keep(new Time.Pace(real.instant(), world.time().now(), scale)));
    }

    /// Moves the clock; what is on the agenda until then happens on the way, each at its time.
    void move(UnaryOperator<Instant> to) {
        setting(() -> moveTo(to.apply(world.time().now())));
    }

    private void moveTo(Instant then) {
        Time time = world.time();
        double scale = time.pace().scale();
        boolean there = false;
        try {
            world.background(() -> world.agenda()
                    .fireUntil(
                            then,
                            at -> {
                                if (at.isAfter(time.now())) {
                                    time.set(at, 0);
                                }
                            },
                            Agenda.PATIENT));
            there = true;
        } finally {
            keep(new Time.Pace(real.instant(), there ? then : time.now(), scale));
        }
    }

    private void keep(Time.Pace pace) {
        world.time().set(pace);
        world.background(() -> paces.put(pace));
    }

    private void setting(Runnable change) {
        setting.lock();
        try {
            change.run();
        } finally {
            setting.unlock();
        }
    }
}
