package dev.cloudjar.kernel;

import dev.cloudjar.model.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Bytes too many for a row, as files named by their SHA-256: the same bytes are kept once. A blob is complete,
/// and synced where the world is, before its name is known to anybody.
public final class Blobs {
    /// The name of a blob, and how many bytes it has.
    public record Ref(String sha256, long size) {}

    private final Path directory;
    private final boolean sync;
    private final Ids ids;

    Blobs(Path directory, boolean sync, Ids ids) {
        this.directory = directory;
        this.sync = sync;
        this.ids = ids;
    }

    /// Keeps all that `content` has, streaming. What is broken off leaves nothing behind.
    public Ref put(InputStream content) throws IOException {
        Path arriving = Files.createDirectories(directory.resolve("arriving")).resolve(ids.hex("", 32));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size;
            try (OutputStream out =
                    new DigestOutputStream(Files.newOutputStream(arriving, StandardOpenOption.CREATE_NEW), digest)) {
                size = content.transferTo(out);
            }
            var ref = new Ref(HexFormat.of().formatHex(digest.digest()), size);
            keep(arriving, ref);
            return ref;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    private void keep(Path arriving, Ref ref) throws IOException {
        Path file = file(ref);
        if (Files.exists(file)) {
            return;
        }
        Path shard = Files.createDirectories(shard(ref));
        if (sync) {
            force(arriving);
        }
        Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
        if (sync) {
            force(shard);
            force(directory);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            channel.force(true);
        }
    }

    /// `length` bytes of the blob from `offset` on.
    public Body open(Ref ref, long offset, long length) {
        Path file = file(ref);
        if (!Files.exists(file)) {
            throw new UncheckedIOException(new IOException("the blob " + ref.sha256() + " is not there"));
        }
        return Body.of(file, offset, length);
    }

    private Path shard(Ref ref) {
        return directory.resolve(ref.sha256().substring(0, 2));
    }

    private Path file(Ref ref) {
        return shard(ref).resolve(ref.sha256());
    }
}
