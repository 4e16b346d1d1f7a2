package dev.cloudjar.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The body of an answer as async clients read it: piece by piece, no faster than they ask for it, on a thread
/// of its own.
final class Download implements Publisher<ByteBuffer> {
    private static final int PIECE = 64 << 10;

    private final InputStream body;
    private final Running running;
    private final CompletableFuture<Void> done;

    Download(InputStream body, Running running, CompletableFuture<Void> done) {
        this.body = body;
        this.running = running;
        this.done = done;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        var demand = new Demand();
        subscriber.onSubscribe(demand);
        running.fork(() -> pump(subscriber, demand));
    }

    private void pump(Subscriber<? super ByteBuffer> subscriber, Demand demand) {
        try {
            send(subscriber, demand);
            done.complete(null);
        } catch (IOException | RuntimeException failure) {
            subscriber.onError(failure);
            done.completeExceptionally(failure);
        }
    }

    private void send(Subscriber<? super ByteBuffer> subscriber, Demand demand) throws IOException {
        try (body) {
            byte[] piece = new byte[PIECE];
            int count = body.read(piece);
            while (count >= 0 && demand.take()) {
                subscriber.onNext(ByteBuffer.wrap(Arrays.copyOf(piece, count)));
                count = body.read(piece);
            }
            if (count < 0) {
                subscriber.onComplete();
            }
        }
    }

    /// How many pieces were asked for.
    private static final class Demand implements Subscription {
        private static final int ENOUGH = 1 << 20;

        private final Semaphore pieces = new Semaphore(0);
        private volatile boolean cancelled;

        boolean take() {
            pieces.acquireUninterruptibly();
            return !cancelled;
        }

        @Override
        public void request(long count) {
            if (pieces.availablePermits() < ENOUGH) {
                pieces.release((int) Math.min(count, ENOUGH));
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            pieces.release();
        }
    }
}
