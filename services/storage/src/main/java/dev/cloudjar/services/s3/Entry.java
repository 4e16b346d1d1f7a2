package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// A key as listings show it: its current version in short. A key whose newest version is a delete marker has
/// none.
record Entry(Key key, long rank, Shown shown) implements Row<Entry.Key> {
    record Key(String bucket, String name) {}

    /// `checksum` is the algorithm, a space and the type, or empty. An archived object's copy can be read from
    /// `ready` until `restored`; both are 0 where there is none.
    record Shown(
            long size,
            Instant modified,
            String etag,
            String storageClass,
            String checksum,
            String owner,
            long restored,
            long ready) {}
}
