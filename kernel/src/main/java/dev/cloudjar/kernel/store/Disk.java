package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The few things that the journal does to its file. Used by one thread at a time.
interface Disk extends AutoCloseable {
    /// Opens a file, making it where there is none.
    @FunctionalInterface
    interface Opener {
        Disk open(Path file) throws IOException;
    }

    long size() throws IOException;

    /// Fills `into` from `at` on, as far as the file goes.
    void read(ByteBuffer into, long at) throws IOException;

    /// Writes some of `from` at `at`, and says how much.
    int write(ByteBuffer from, long at) throws IOException;

    void truncate(long size) throws IOException;

    /// Returns once the disk has what was written.
    void force() throws IOException;

    /// Returns once the disk knows the file by its name, too.
    void forceName() throws IOException;

    @Override
    void close() throws IOException;
}
