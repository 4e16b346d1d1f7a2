package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a data directory to one world: no other process and no other world of this one gets in.
///
/// On POSIX a process loses its lock on a file when it closes *any* descriptor of it. So whoever asks first tries
/// the file `guard`, which is there to be lost; only who gets that, and so is not in the holder's process, touches
/// the file `lock`.
record DirectoryLock(FileChannel guard, FileChannel lock) implements AutoCloseable {
    static DirectoryLock take(Path directory) throws IOException {
        FileChannel guard = open(directory.resolve("guard"));
        FileChannel lock = null;
        boolean taken = false;
        try {
            if (!locked(guard)) {
                throw inUse(directory, Files.readString(directory.resolve("guard")));
            }
            lock = open(directory.resolve("lock"));
            if (!locked(lock)) {
                throw inUse(directory, Files.readString(directory.resolve("lock")));
            }
            sign(guard);
            sign(lock);
            taken = true;
            return new DirectoryLock(guard, lock);
        } finally {
            if (!taken) {
                guard.close();
                if (lock != null) {
                    lock.close();
                }
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
    }

    private static StoreException inUse(Path directory, String owner) {
        return new StoreException("The data directory " + directory.toAbsolutePath() + " is in use by process "
                + owner.strip() + ". Stop it, or choose another directory with --data.");
    }

    @Override
    public void close() throws IOException {
        lock.close();
        guard.close();
    }
}
