package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Blobs.Ref;
import dev.cloudjar.model.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Blobs as files of a folder. Those whose names begin alike have a folder of their own, so that a million of
/// them choke none.
///
/// @param sync whether what is kept survives the loss of power
record BlobFolder(Path directory, boolean sync) implements BlobStore {
    private static final int NAME = 64;

    @Override
    public void settle(Path file) throws IOException {
        if (sync) {
            force(file);
        }
    }

    @Override
    public void keep(Path arrived, Ref ref) throws IOException {
        Path file = file(ref.sha256());
        if (Files.exists(file)) {
            return;
        }
        Path shard = Files.createDirectories(shard(ref.sha256()));
        Files.move(arrived, file, StandardCopyOption.ATOMIC_MOVE);
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

    @Override
    public boolean has(String sha256) {
        return Files.exists(file(sha256));
    }

    @Override
    public Body open(Ref ref, long offset, long length) {
        if (!has(ref.sha256())) {
            throw new UncheckedIOException(new IOException("the blob " + ref.sha256() + " is not there"));
        }
        return Body.of(file(ref.sha256()), offset, length);
    }

    /// Has the blob as `other` has it, by a second name where the file system can.
    void adopt(BlobStore other, Ref ref) {
        Path mine = file(ref.sha256());
        try {
            Files.createDirectories(shard(ref.sha256()));
            if (!(other instanceof BlobFolder folder) || !linked(folder.file(ref.sha256()), mine)) {
                try (InputStream bytes = other.open(ref, 0, ref.size()).open()) {
                    Files.copy(bytes, mine, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean linked(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
            return true;
        } catch (UnsupportedOperationException | FileSystemException acrossFileSystems) {
            return false;
        }
    }

    @Override
    public void delete(String sha256) {
        try {
            Files.deleteIfExists(file(sha256));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> names() {
        return list(directory).stream()
                .flatMap(shard -> list(shard).stream())
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.length() == NAME)
                .toList();
    }

    static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path shard(String sha256) {
        return directory.resolve(sha256.substring(0, 2));
    }

    private Path file(String sha256) {
        return shard(sha256).resolve(sha256);
    }
}
