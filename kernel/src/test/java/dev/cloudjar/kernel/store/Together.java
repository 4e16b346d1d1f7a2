package dev.cloudjar.kernel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Runs the same work on many virtual threads and waits for all; the first failure is the caller's.
public final class Together {
    private Together() {}

    public static void run(int threads, Consumer<SplittableRandom> work) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                var random = new SplittableRandom(i);
                running.add(executor.submit(() -> work.accept(random)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
