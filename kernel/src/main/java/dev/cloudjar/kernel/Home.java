package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.TreeStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a world lives: its store, its blobs, and the lock that keeps a second process out.
final class Home implements AutoCloseable {
    private final Store store;
    private final Path directory;
    private final Optional<FileChannel> lock;

    private Home(Store store, Path directory, Optional<FileChannel> lock) {
        this.store = store;
        this.directory = directory;
        this.lock = lock;
    }

    /// A home that is gone when it is closed; its directory appears when the first blob does.
    static Home temporary(Store store) {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("cloudjar-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(store));
        return new Home(store, directory, Optional.empty());
    }

    static Home open(Path directory, World.Settings settings) {
        try {
            Files.createDirectories(directory);
            FileChannel lock = lock(directory.resolve("lock"));
            Store store = TreeStore.open(directory.resolve("journal"), settings.durability(), settings.log());
            return new Home(store, directory, Optional.of(lock));
        } catch (IOException e) {
            throw new StoreException("cannot use the data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            String owner = Files.readString(file).strip();
            channel.close();
            throw new StoreException(
                    "The data directory " + file.toAbsolutePath().getParent() + " is in use by process " + owner
                            + ". Stop it, or choose another directory with --data.");
        }
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    Store store() {
        return store;
    }

    Path blobs() {
        return directory.resolve("blobs");
    }

    @Override
    public void close() {
        store.close();
        try {
            if (lock.isPresent()) {
                lock.get().close();
            } else {
                deleteAll(directory);
            }
        } catch (IOException e) {
            throw new StoreException("cannot close " + directory, e);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
