package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The few things that the store does to one of its files. Used by one thread at a time.
interface Disk extends AutoCloseable {
    long size() throws IOException;

    /// Fills `into` from `at` on, as far as the file goes.
    void read(ByteBuffer into, long at) throws IOException;

    /// Writes some of `from` at `at`, and says how much.
    int write(ByteBuffer from, long at) throws IOException;

    /// Writes all of `from` at `at`.
    default void writeAll(ByteBuffer from, long at) throws IOException {
        long next = at;
        while (from.hasRemaining()) {
            next += write(from, next);
        }
    }

    /// The `length` bytes from `at` on.
    default ByteBuffer bytes(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        read(buffer, at);
        if (buffer.hasRemaining()) {
            throw new IOException("the file ended while it was read");
        }
        return buffer.flip();
    }

    void truncate(long size) throws IOException;

    /// Returns once the disk has what was written.
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
