package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.TreeStore;
import dev.cloudjar.kernel.store.Version;
import dev.cloudjar.model.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a world lives: its store, its blobs, and the lock that keeps a second process out.
final class Home implements AutoCloseable {
    private static final int MASTER_KEY = 32;
    private static final String MASTER = "master.key";
    private static final String BEGINNING = "beginning";

    private final Store store;
    private final Path directory;
    private final boolean lasting;
    private final Optional<DirectoryLock> lock;
    private final Optional<BlobStore> blobs;

    private Home(
            Store store, Path directory, boolean lasting, Optional<DirectoryLock> lock, Optional<BlobStore> blobs) {
        this.store = store;
        this.directory = directory;
        this.lasting = lasting;
        this.lock = lock;
        this.blobs = blobs;
    }

    /// A home that is gone when it is closed; its directory appears when the first blob does.
    static Home temporary(Store store) {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("cloudjar-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(store));
        return new Home(store, directory, false, Optional.empty(), Optional.empty());
    }

    /// A home whose store is elsewhere, and whose directory is shared with other nodes, as are the `blobs`, which
    /// are in that directory unless they are elsewhere too.
    static Home shared(Store store, Path directory, Optional<BlobStore> blobs) {
        return new Home(store, directory, true, Optional.empty(), blobs);
    }

    static Home open(Path directory, World.Settings settings) {
        try {
            Files.createDirectories(directory);
            DirectoryLock lock = DirectoryLock.take(directory);
            boolean opened = false;
            try {
                Store store = TreeStore.open(rows(directory), settings.durability(), settings.log());
                opened = true;
                return new Home(store, directory, true, Optional.of(lock), Optional.empty());
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

    /// Makes a home in `directory`, where there is none, that begins with `start`.
    static void begin(Path directory, Version start, Blob masterKey) {
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(MASTER), masterKey.bytes());
            try (Store store = TreeStore.open(rows(directory), Durability.OS, _ -> {})) {
                store.versions().save(BEGINNING, "", start);
                store.versions().load(BEGINNING);
                store.versions().delete(BEGINNING);
            }
        } catch (IOException e) {
            throw new StoreException("cannot use the directory " + directory + ": " + e.getMessage(), e);
        }
    }

    /// Where the world is kept; nothing where its rows are elsewhere, or it is not.
    Optional<Path> directory() {
        return lock.map(_ -> directory);
    }

    /// The blobs of a home in `directory`.
    static BlobFolder blobs(Path directory, boolean sync) {
        return new BlobFolder(directory.resolve("blobs"), sync);
    }

    /// The blobs of a home that keeps them itself, and not for long.
    BlobFolder ownBlobs() {
        return blobs(directory, false);
    }

    BlobStore blobs(boolean sync) {
        return blobs.orElseGet(() -> blobs(directory, sync));
    }

    /// Where this process writes what arrives: no other node does so there.
    Path arriving() {
        String own = store.node().isPresent() ? "arriving-" + store.node().getAsInt() : "arriving";
        return directory.resolve("blobs").resolve(own);
    }

    /// The master key of the world: of a temporary one any, else that in the file `master.key`, which only its
    /// owner may read and which is made when it is first asked for.
    Blob masterKey(Ids ids) {
        if (!lasting) {
            return Blob.of(ids.bytes(MASTER_KEY));
        }
        try {
            return Blob.of(KeyFile.read(directory, MASTER, () -> ids.bytes(MASTER_KEY)));
        } catch (IOException e) {
            throw new StoreException(
                    "cannot use the master key " + directory.resolve(MASTER) + ": " + e.getMessage(), e);
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
