package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.util.SplittableRandom;

/// When the process dies, and which of its requests to the disk fail: one count for all its files.
final class SimulatedMachine {
    /// The process is dead: nothing it does from here on has an effect.
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final SplittableRandom random;
    private long operations;
    private long crashAt = Long.MAX_VALUE;
    private int failing;
    private boolean dead;

    SimulatedMachine(SplittableRandom random) {
        this.random = random;
    }

    SplittableRandom random() {
        return random;
    }

    long operations() {
        return operations;
    }

    /// Dies at operation number `operation`, somewhere within it if it is a write.
    void crashAt(long operation) {
        crashAt = operation;
    }

    /// From now on `oneIn` of so many operations fails; 0 for none.
    void failing(int oneIn) {
        failing = oneIn;
    }

    void stop() {
        dead = true;
    }

    /// Begins an operation, and says whether the process dies in it.
    boolean dies() {
        if (dead) {
            throw new Crash();
        }
        operations++;
        dead = operations == crashAt;
        return dead;
    }

    boolean fails() {
        return failing > 0 && random.nextInt(failing) == 0;
    }

    /// An operation that happens whole or not at all.
    void step(String failure) throws IOException {
        if (dies()) {
            throw new Crash();
        }
        if (fails()) {
            throw new IOException(failure);
        }
    }
}
