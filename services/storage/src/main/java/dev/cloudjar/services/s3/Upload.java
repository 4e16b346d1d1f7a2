package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.Optional;

/// An upload in parts under way: the object it is to become.
record Upload(Key key, Instant initiated, Version draft, Summing summing) implements Row<Upload.Key> {
    /// Uploads of one key stand in the order of their begin; `order` is the beginning of the id.
    record Key(String bucket, String name, String id) {}

    /// Which checksum the object gets. `algorithm` is empty where the client asked for none.
    record Summing(String algorithm, String type) {}

    Optional<Seal> seal() {
        return draft.content().seal();
    }
}
