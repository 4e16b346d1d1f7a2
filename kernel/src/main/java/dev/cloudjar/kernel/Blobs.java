package dev.cloudjar.kernel;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Bytes too many for a row, as files named by their SHA-256: the same bytes are kept once. A blob is complete,
/// and synced where the world is, before its name is known to anybody; it lasts as long as a row names it.
///
/// A row that names blobs is a [Holder]. Until such a row commits, the [Arrival] holds the blob; what arrived
/// and was never named, even by a process that was killed, is known to the store as unused and is collected.
public final class Blobs {
    /// The name of a blob, and how many bytes it has.
    public record Ref(String sha256, long size) {}

    /// A row that names blobs: they stay as long as it does.
    public interface Holder {
        List<Ref> blobs();
    }

    private static final int BUFFER = 1 << 16;
    private static final String ARRIVING = "arriving";

    private final Path directory;
    private final boolean sync;
    private final Ids ids;
    private final BlobRows rows;
    /// How many arrivals hold a blob. Whoever moves or deletes its file does so while computing its entry.
    private final ConcurrentHashMap<String, Integer> held = new ConcurrentHashMap<>();

    Blobs(Path directory, boolean sync, Ids ids, BlobRows rows) {
        this.directory = directory;
        this.sync = sync;
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
            held.computeIfPresent(ref.sha256(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Keeps all that `content` has, streaming. What is broken off leaves nothing behind. Not to be called in a
    /// transaction, which could run twice.
    public Arrival put(InputStream content) throws IOException {
        Path arriving = Files.createDirectories(directory.resolve(ARRIVING)).resolve(ids.hex("", 32));
        try {
            Ref ref = write(content, arriving);
            rows.expect(ref);
            held.compute(ref.sha256(), (_, count) -> {
                keep(arriving, ref);
                return count == null ? 1 : count + 1;
            });
            return new Arrival(ref);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    private Ref write(InputStream content, Path to) throws IOException {
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
        if (sync) {
            force(to);
        }
        return new Ref(Digests.hex(digest.digest()), size);
    }

    private void keep(Path arriving, Ref ref) {
        Path file = file(ref.sha256());
        if (Files.exists(file)) {
            return;
        }
        try {
            Path shard = Files.createDirectories(shard(ref.sha256()));
            Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
            if (sync) {
                force(shard);
                force(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            channel.force(true);
        }
    }

    /// `length` bytes of the blob from `offset` on.
    public Body open(Ref ref, long offset, long length) {
        Path file = file(ref.sha256());
        if (!Files.exists(file)) {
            throw new UncheckedIOException(new IOException("the blob " + ref.sha256() + " is not there"));
        }
        return Body.of(file, offset, length);
    }

    /// Has the blobs `refs` as `other` has them, by a second name where the file system can.
    void adopt(Blobs other, List<Ref> refs) {
        for (Ref ref : refs) {
            Path mine = file(ref.sha256());
            try {
                Files.createDirectories(shard(ref.sha256()));
                Files.createLink(mine, other.file(ref.sha256()));
            } catch (UnsupportedOperationException | FileSystemException acrossFileSystems) {
                copy(other.file(ref.sha256()), mine);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes the file of a blob that nobody holds and no row names; false where somebody does.
    boolean discard(String sha256) {
        held.compute(sha256, (_, count) -> {
            if (count == null && rows.isUnused(sha256)) {
                delete(file(sha256));
                rows.forget(sha256);
            }
            return count;
        });
        return !held.containsKey(sha256);
    }

    /// Deletes what a process that was killed had not finished writing.
    void discardUnfinished() {
        for (Path unfinished : list(directory.resolve(ARRIVING))) {
            delete(unfinished);
        }
    }

    /// Deletes every blob that nobody holds, for a world whose rows are all gone.
    boolean discardAll() {
        for (Path shard : list(directory)) {
            for (Path file : shard.endsWith(ARRIVING) ? List.<Path>of() : list(shard)) {
                discard(String.valueOf(file.getFileName()));
            }
        }
        return true;
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the blob's file is there and has the bytes that its name says.
    boolean isWhole(Ref ref) {
        try (InputStream in = Files.newInputStream(file(ref.sha256()))) {
            MessageDigest digest = Digests.sha256();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return Digests.hex(digest.digest()).equals(ref.sha256());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Path shard(String sha256) {
        return directory.resolve(sha256.substring(0, 2));
    }

    private Path file(String sha256) {
        return shard(sha256).resolve(sha256);
    }
}
