package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Blobs.Ref;
import dev.cloudjar.model.Body;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where the bytes of blobs are, by their SHA-256: what is kept here is whole. Nodes of one cloud share it.
public interface BlobStore {
    /// Sees to it that `file`, which has all bytes of a blob, lasts as long as this store promises.
    default void settle(Path file) throws IOException {}

    /// Takes the bytes of `file` for the blob `ref`, unless it has them. It may take the file itself.
    void keep(Path file, Ref ref) throws IOException;

    boolean has(String sha256);

    /// `length` bytes of the blob from `offset` on.
    Body open(Ref ref, long offset, long length);

    /// Deletes the blob, if it is there.
    void delete(String sha256);

    /// The names of all blobs.
    List<String> names();
}
