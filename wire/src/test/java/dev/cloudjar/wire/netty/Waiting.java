package dev.cloudjar.wire.netty;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits of tests: they end by what they wait for, or fail after half a minute.
final class Waiting {
    private static final int SECONDS = 30;

    private Waiting() {}

    interface Action {
        void run() throws IOException;
    }

    static void on(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("What was waited for did not happen");
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException();
        }
    }

    static <T> T take(BlockingQueue<T> queue) throws IOException {
        try {
            T taken = queue.poll(SECONDS, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("Nothing came");
            }
            return taken;
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException();
        }
    }

    static void unchecked(Action action) {
        try {
            action.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
