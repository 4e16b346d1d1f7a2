package dev.cloudjar.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The body of an async request, read as a stream: each piece is asked for when the one before it has been read.
final class Upload extends InputStream implements Subscriber<ByteBuffer> {
    /// A piece, or the end, with what broke the body where something did.
    private record Piece(Optional<ByteBuffer> bytes, Optional<Throwable> failure) {}

    private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> source = new CompletableFuture<>();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    @Override
    public void onSubscribe(Subscription subscription) {
        source.complete(subscription);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        arrived.add(new Piece(Optional.of(bytes), Optional.empty()));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Piece(Optional.empty(), Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        arrived.add(new Piece(Optional.empty(), Optional.empty()));
    }

    @Override
    public int read() throws IOException {
        return more() ? current.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(into, offset, count);
        return count;
    }

    private boolean more() throws IOException {
        while (!current.hasRemaining() && !ended) {
            source.join().request(1);
            Piece piece = next();
            if (piece.failure().isPresent()) {
                throw new IOException(
                        "the body could not be read", piece.failure().get());
            }
            ended = piece.bytes().isEmpty();
            current = piece.bytes().orElse(current);
        }
        return !ended;
    }

    private Piece next() throws IOException {
        try {
            return arrived.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() {
        if (!ended) {
            source.thenAccept(Subscription::cancel).join();
        }
    }
}
