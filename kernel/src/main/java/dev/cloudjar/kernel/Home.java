package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.TreeStore;
import dev.cloudjar.model.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a world lives: its store, its blobs, and the lock that keeps a second process out.
final class Home implements AutoCloseable {
    private static final int MASTER_KEY = 32;

    private final Store store;
    private final Path directory;
    private final boolean lasting;
    private final Optional<DirectoryLock> lock;

    private Home(Store store, Path directory, boolean lasting, Optional<DirectoryLock> lock) {
        this.store = store;
        this.directory = directory;
        this.lasting = lasting;
        this.lock = lock;
    }

    /// A home that is gone when it is closed; its directory appears when the first blob does.
    static Home temporary(Store store) {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("cloudjar-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(store));
        return new Home(store, directory, false, Optional.empty());
    }

    /// A home whose store is elsewhere, and whose directory is shared with other nodes.
    static Home shared(Store store, Path directory) {
        return new Home(store, directory, true, Optional.empty());
    }

    static Home open(Path directory, World.Settings settings) {
        try {
            Files.createDirectories(directory);
            DirectoryLock lock = DirectoryLock.take(directory);
            boolean opened = false;
            try {
                Store store = TreeStore.open(rows(directory), settings.durability(), settings.log());
                opened = true;
                return new Home(store, directory, true, Optional.of(lock));
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new StoreException("cannot use the data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    /// The directory of the store. Before there were checkpoints, a journal was a file by itself.
    static Path rows(Path directory) throws IOException {
        Path rows = Files.createDirectories(directory.resolve("rows"));
        Path alone = directory.resolve("journal");
        if (Files.isRegularFile(alone)) {
            Files.move(alone, rows.resolve(TreeStore.FIRST_JOURNAL));
        }
        return rows;
    }

    Store store() {
        return store;
    }

    Path blobs() {
        return directory.resolve("blobs");
    }

    /// The master key of the world: of a temporary one any, else that in the file `master.key`, which only its
    /// owner may read and which is made when it is first asked for.
    Blob masterKey(Ids ids) {
        if (lock.isEmpty()) {
            return Blob.of(ids.bytes(MASTER_KEY));
        }
        Path file = directory.resolve("master.key");
        try {
            if (!Files.exists(file)) {
                Path draft = Files.createTempFile(directory, "master", ".key");
                Files.write(draft, ids.bytes(MASTER_KEY), StandardOpenOption.SYNC);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Blob.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new StoreException("cannot use the master key " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        store.close();
        try {
            if (lock.isPresent()) {
                lock.get().close();
            } else if (!lasting) {
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
