package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.model.Blob;
import java.util.Optional;

/// The bytes of an object: how many, what identifies them, and where they are kept. One that was uploaded in
/// parts has them in the rows of that `upload`.
record Content(long size, String etag, Sum checksum, Stored stored, String upload, Optional<Seal> seal) {
    static final Content NONE = new Content(0, "", Sum.NONE, Stored.EMPTY, "", Optional.empty());

    /// Bytes as they are at rest: within the row, or in a blob. `nonce` is there where they are encrypted.
    record Stored(Blob inline, Optional<Blobs.Ref> blob, Blob nonce) {
        static final Stored EMPTY = new Stored(Blob.EMPTY, Optional.empty(), Blob.EMPTY);
    }

    boolean isInParts() {
        return !upload.isEmpty();
    }

    Content sealed(Seal by) {
        return new Content(size, etag, checksum, stored, upload, Optional.of(by));
    }

    Content with(Stored other) {
        return new Content(size, etag, checksum, other, upload, seal);
    }

    Content inPartsOf(String other) {
        return new Content(size, etag, checksum, stored, other, seal);
    }
}
