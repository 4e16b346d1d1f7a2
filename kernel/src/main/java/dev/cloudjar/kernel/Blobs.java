package dev.cloudjar.kernel;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.model.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Bytes too many for a row, as files named by their SHA-256: the same bytes are kept once. A blob is complete,
/// and synced where the world is, before its name is known to anybody; it lasts as long as a row names it.
///
/// A row that names blobs is a [Holder]. Until such a row commits, the [Arrival] holds the blob; what arrived
/// and was never named, even by a process that was killed, is known to the store as unused and is collected.
/// Another node, which knows nothing of what this one holds, says in the store what it is about to delete: from
/// then on no row can name that, and whoever has the same bytes once more waits until they are gone.
public final class Blobs {
    /// The name of a blob, and how many bytes it has.
    public record Ref(String sha256, long size) {}

    /// A row that names blobs: they stay as long as it does.
    public interface Holder {
        List<Ref> blobs();
    }

    private static final int BUFFER = 1 << 16;
    private static final int MOST_TRIES = 4500;
    private static final long BETWEEN_TRIES = 10_000_000;

    private final BlobStore store;
    /// Where this process, and no other, writes what is not complete yet.
    private final Path arriving;

    private final Ids ids;
    private final BlobRows rows;
    /// How many arrivals hold a blob. Whoever deletes its file does so while computing its entry.
    private final ConcurrentHashMap<String, Integer> held = new ConcurrentHashMap<>();

    Blobs(BlobStore store, Path arriving, Ids ids, BlobRows rows) {
        this.store = store;
        this.arriving = arriving;
        this.ids = ids;
        this.rows = rows;
    }

    /// A blob that is there, at least until this is closed: by then a row must name it.
    public final class Arrival implements AutoCloseable {
        private final Ref ref;

        private Arrival(Ref ref) {
            this.ref = ref;
        }

        public Ref ref() {
            return ref;
        }

        @Override
        public void close() {
            release(ref);
        }
    }

    private void release(Ref ref) {
        held.computeIfPresent(ref.sha256(), (_, count) -> count == 1 ? null : count - 1);
    }

    /// Keeps all that `content` has, streaming. What is broken off leaves nothing behind. Not to be called in a
    /// transaction, which could run twice.
    public Arrival put(InputStream content) throws IOException {
        Path file = Files.createDirectories(arriving).resolve(ids.hex("", 32));
        try {
            Ref ref = write(content, file);
            store.settle(file);
            return hold(file, ref);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Keeps the file once nobody is deleting the same bytes any more.
    private Arrival hold(Path file, Ref ref) throws IOException {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            Optional<Arrival> arrival = tryToHold(file, ref);
            if (arrival.isPresent()) {
                return arrival.get();
            }
            LockSupport.parkNanos(BETWEEN_TRIES);
        }
        throw new StoreException("The same bytes are being deleted by another node; try again.");
    }

    /// Holds the blob first: nobody of this process deletes it from then on.
    private Optional<Arrival> tryToHold(Path file, Ref ref) throws IOException {
        held.merge(ref.sha256(), 1, Integer::sum);
        boolean kept = false;
        try {
            if (rows.expect(ref)) {
                store.keep(file, ref);
                kept = true;
            }
            return kept ? Optional.of(new Arrival(ref)) : Optional.empty();
        } finally {
            if (!kept) {
                release(ref);
            }
        }
    }

    private static Ref write(InputStream content, Path to) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
                size += count;
            }
        }
        return new Ref(Digests.hex(digest.digest()), size);
    }

    /// `length` bytes of the blob from `offset` on.
    public Body open(Ref ref, long offset, long length) {
        return store.open(ref, offset, length);
    }

    boolean has(Ref ref) {
        return store.has(ref.sha256());
    }

    /// Has `other` have the blobs `refs` as well.
    void lend(BlobFolder other, List<Ref> refs) {
        refs.forEach(ref -> other.adopt(store, ref));
    }

    /// Deletes the file of a blob that nobody holds and no row names; false where somebody does.
    boolean discard(String sha256) {
        held.compute(sha256, (_, count) -> {
            if (count == null && rows.doom(sha256)) {
                store.delete(sha256);
                rows.forget(sha256);
            }
            return count;
        });
        return !held.containsKey(sha256);
    }

    /// Deletes what a process that was killed had not finished writing.
    void discardUnfinished() throws IOException {
        for (Path unfinished : BlobFolder.list(arriving)) {
            Files.deleteIfExists(unfinished);
        }
    }

    /// Deletes every blob that nobody holds, for a world whose rows are all gone.
    boolean discardAll() {
        store.names().forEach(this::discard);
        return true;
    }

    /// Whether the blob is there and has the bytes that its name says.
    boolean isWhole(Ref ref) {
        try (InputStream in = store.open(ref, 0, ref.size()).open()) {
            MessageDigest digest = Digests.sha256();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return Digests.hex(digest.digest()).equals(ref.sha256());
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }
}
