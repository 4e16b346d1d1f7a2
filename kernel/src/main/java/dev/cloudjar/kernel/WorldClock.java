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
        world.time().set(world.asKernel(this::kept));
    }

    private Time.Pace kept() {
        return paces.find("clock").orElse(Time.Pace.REAL);
    }

    void follow(Time.Pace pace) {
        setting(() -> {
            world.background(() -> paces.put(pace));
            world.time().set(pace);
        });
    }

    void scale(double scale) {
        setting(() -> {
            Time.Pace before;
            do {
                before = world.asKernel(this::kept);
            } while (!replace(before, before.at(real.instant()), scale));
        });
    }

    /// Moves the clock; what is on the agenda until then happens on the way, each at its time.
    void move(UnaryOperator<Instant> to) {
        setting(() -> {
            Time.Pace before;
            Instant then;
            do {
                before = world.asKernel(this::kept);
                then = to.apply(before.at(real.instant()));
                fireUntil(then, before);
            } while (!replace(before, then, before.scale()));
        });
    }

    /// Fires what is on the agenda; where that breaks off, the clock goes on from there.
    private void fireUntil(Instant then, Time.Pace before) {
        Time time = world.time();
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
            if (!there) {
                replace(before, time.now(), before.scale());
            }
        }
    }

    /// Says from now on it is `then`; not where another node has set the clock since it had the pace `before`.
    private boolean replace(Time.Pace before, Instant then, double scale) {
        var pace = new Time.Pace(real.instant(), then, scale);
        boolean mine = world.asKernel(() -> {
            boolean same = kept().equals(before);
            if (same) {
                paces.put(pace);
            }
            return same;
        });
        if (mine) {
            world.time().set(pace);
        }
        return mine;
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
