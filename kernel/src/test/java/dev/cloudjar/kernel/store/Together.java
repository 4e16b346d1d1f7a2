package dev.cloudjar.kernel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// Runs the same work on many virtual threads and waits for all; the first failure is the caller's.
public final class Together {
    private Together() {}

    public static void run(int threads, Consumer<SplittableRandom> work) {
        List<FutureTask<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            var random = new SplittableRandom(i);
            var task = new FutureTask<>(() -> work.accept(random), true);
            Thread.ofVirtual().start(task);
            running.add(task);
        }
        try {
            for (FutureTask<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
