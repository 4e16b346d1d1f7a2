package dev.cloudjar.kernel;

import dev.cloudjar.model.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Bytes that one thread is sent and another one reads. The first waits until the second has closed them, and
/// learns what went wrong; if it goes before that, the second cannot read on.
final class HandedStream extends BulkInputStream {
    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable InputStream in;
    private volatile @Nullable Exception failure;

    void give(InputStream from) throws IOException {
        in = from;
        given.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            in = null;
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the bytes were not read to their end");
        }
        if (failure instanceof RuntimeException refused) {
            throw refused;
        }
        if (failure instanceof IOException broken) {
            throw broken;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            given.await();
            return Objects.requireNonNullElseGet(in, HandedStream::gone).read(into, offset, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nobody waits for the bytes any more");
        } catch (IOException | RuntimeException broken) {
            failure = broken;
            throw broken;
        }
    }

    private static InputStream gone() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("whoever was sending the bytes has gone");
            }
        };
    }

    @Override
    public void close() {
        done.countDown();
    }
}
