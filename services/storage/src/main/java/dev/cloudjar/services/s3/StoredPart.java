package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.List;

/// A part of an upload, and of the object once the upload is complete.
record StoredPart(Key key, long size, String etag, Sum checksum, Content.Stored stored, Instant modified)
        implements Row<StoredPart.Key>, Blobs.Holder {
    /// The most parts of one object.
    static final int MOST = 10_000;

    record Key(String upload, int number) {}

    int number() {
        return key.number();
    }

    /// The same part of another upload.
    StoredPart of(String upload) {
        return new StoredPart(new Key(upload, number()), size, etag, checksum, stored, modified);
    }

    StoredPart with(Content.Stored other) {
        return new StoredPart(key, size, etag, checksum, other, modified);
    }

    @Override
    public List<Blobs.Ref> blobs() {
        return stored.blob().map(List::of).orElse(List.of());
    }
}
