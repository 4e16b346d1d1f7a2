package dev.cloudjar.wire.netty;

import dev.cloudjar.model.BulkInputStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A request's body as it arrives: the connection's thread offers chunks, the request's thread reads them and
/// waits where there are none. Holds about [#FULL] bytes, then the connection stops reading from its socket.
final class Upload extends BulkInputStream {
    private static final int FULL = 256 << 10;
    private static final int LOW = 64 << 10;

    /// The connection, as the reading thread needs it.
    interface Source {
        /// The body is being asked for: a client that waits for `100 Continue` gets it.
        void wanted();

        /// There is room again after [Upload#offer] said there was none.
        void resume();
    }

    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>();
    private int held;
    private boolean asked;
    private boolean full;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;
    private volatile int fault;

    Upload(Source source) {
        this.source = source;
    }

    /// Takes over a chunk; returns whether there is room for more.
    boolean offer(ByteBuf chunk) {
        lock.lock();
        try {
            if (closed || failure != null) {
                chunk.release();
                return true;
            }
            chunks.add(chunk);
            held += chunk.readableBytes();
            full = held >= FULL;
            arrived.signal();
            return !full;
        } finally {
            lock.unlock();
        }
    }

    /// The body is complete.
    void end() {
        lock.lock();
        try {
            ended = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The rest will never come: a body that is complete stays readable, any other read fails from now on.
    void fail(IOException reason) {
        lock.lock();
        try {
            if (!ended && failure == null) {
                failure = reason;
                clear();
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void timeOut() {
        fault = 408;
        fail(new InterruptedIOException("The client sent nothing more of its body for too long"));
    }

    /// What comes next is not HTTP; `status` says so.
    void malformed(int status) {
        fault = status;
        fail(new IOException("The body of the request is malformed"));
    }

    /// The status that tells the client what is wrong with its body, or 0 where nothing is.
    int fault() {
        return fault;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        boolean resume;
        int count;
        lock.lock();
        try {
            ByteBuf chunk = await();
            if (chunk == null) {
                return -1;
            }
            count = take(chunk, into, offset, length);
            resume = full && held <= LOW;
            full &= !resume;
        } finally {
            lock.unlock();
        }
        if (resume) {
            source.resume();
        }
        return count;
    }

    private @Nullable ByteBuf await() throws IOException {
        while (true) {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (closed) {
                throw new IOException("The body of a request ends with its exchange");
            }
            ByteBuf chunk = chunks.peek();
            if (chunk != null || ended) {
                return chunk;
            }
            if (!asked) {
                asked = true;
                source.wanted();
            }
            waitForMore();
        }
    }

    private void waitForMore() throws IOException {
        try {
            arrived.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (failure == null) {
                var stopped = new InterruptedIOException("Interrupted while reading the body of a request");
                stopped.initCause(interrupted);
                throw stopped;
            }
        }
    }

    private int take(ByteBuf chunk, byte[] into, int offset, int length) {
        int count = Math.min(length, chunk.readableBytes());
        chunk.readBytes(into, offset, count);
        held -= count;
        if (!chunk.isReadable()) {
            chunks.remove().release();
        }
        return count;
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /// Gives up what is held and what is still to come; the connection reads on to find the next request.
    @Override
    public void close() {
        boolean resume;
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            clear();
            resume = full;
            full = false;
        } finally {
            lock.unlock();
        }
        if (resume) {
            source.resume();
        }
    }

    private void clear() {
        held = 0;
        for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            chunk.release();
        }
    }
}
