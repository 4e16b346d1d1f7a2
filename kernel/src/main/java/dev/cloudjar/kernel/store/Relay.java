package dev.cloudjar.kernel.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Has one of those who wait for the same thing do it for all of them.
///
/// Whoever is done is woken and goes; of the others one takes over. Nobody wakes only to find that he still has
/// to wait, and nobody needs a lock to see that he need not.
public final class Relay {
    private record Waiting(Thread thread, BooleanSupplier done) {}

    private final AtomicBoolean busy = new AtomicBoolean();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /// Returns once `done`. Until then `work` is run, by this thread or another that waits.
    public void await(BooleanSupplier done, Runnable work) {
        while (!done.getAsBoolean()) {
            if (busy.compareAndSet(false, true)) {
                try {
                    if (!done.getAsBoolean()) {
                        work.run();
                    }
                } finally {
                    leave();
                }
            } else {
                rest(done);
            }
        }
    }

    /// Does `work` by itself, while nobody else works.
    <R, X extends Exception> R alone(Work<R, X> work) throws X {
        enter();
        try {
            return work.run();
        } finally {
            leave();
        }
    }

    /// What is done alone.
    @FunctionalInterface
    interface Work<R, X extends Exception> {
        R run() throws X;
    }

    private void enter() {
        while (!busy.compareAndSet(false, true)) {
            rest(() -> false);
        }
    }

    private void rest(BooleanSupplier done) {
        var me = new Waiting(Thread.currentThread(), done);
        waiting.add(me);
        boolean interrupted = false;
        while (busy.get() && !done.getAsBoolean()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiting.remove(me);
        if (interrupted) {
            me.thread.interrupt();
        }
    }

    /// Wakes those who are done, and of the others the first, who takes over.
    private void leave() {
        busy.set(false);
        boolean heir = false;
        for (Waiting each : waiting) {
            boolean done = each.done.getAsBoolean();
            if (done || !heir) {
                LockSupport.unpark(each.thread);
            }
            heir |= !done;
        }
    }
}
