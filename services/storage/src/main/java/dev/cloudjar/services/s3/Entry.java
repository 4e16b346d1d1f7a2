package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// A key as listings show it: its current version in short. A key whose newest version is a delete marker has
/// none.
record Entry(Key key, long rank, Shown shown) implements Row<Entry.Key> {
    record Key(String bucket, String name) {}

    /// `checksum` is the algorithm, a space and the type, or empty. `restored` is what is known of an archived
    /// object's copy, 0 where there is nothing.
    record Shown(
            long size,
            Instant modified,
            String etag,
            String storageClass,
            String checksum,
            String owner,
            long restored) {}
}
