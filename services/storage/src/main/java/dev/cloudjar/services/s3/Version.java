package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One version of an object, or a delete marker. The newer it is, the lower its rank, so that a key's newest
/// version comes first.
record Version(Key key, String id, boolean marker, Origin origin, Content content, Facts facts, Hold hold, Extra extra)
        implements Row<Version.Key>, Blobs.Holder {
    /// The id of the one version that a key may have from times without versioning.
    static final String NULL = "null";

    static final String STANDARD = "STANDARD";

    record Key(String bucket, String name, long rank) {}

    record Origin(Instant modified, String owner) {}

    /// What the writer said of the object: system headers by the names of their members, and metadata of his own.
    record Facts(Map<String, String> headers, Map<String, String> metadata, Map<String, String> tags) {
        static final Facts NONE = new Facts(Map.of(), Map.of(), Map.of());
    }

    /// What keeps the version from being deleted: a mode with an end, and a legal hold that has none.
    record Hold(String mode, Instant until, String legal) {
        static final Hold NONE = new Hold("", Instant.EPOCH, "");
    }

    /// What S3 has to say of the version besides. `acl` is a document, empty for a private object; an archived
    /// object can be read from `ready` until `restored`; `used` is when one was last read whose class minds.
    record Extra(
            String acl,
            String replication,
            Optional<Instant> restored,
            Optional<Instant> ready,
            Optional<Instant> used) {
        static final Extra NONE = of("");

        static Extra of(String acl) {
            return new Extra(acl, "", Optional.empty(), Optional.empty(), Optional.empty());
        }

        Extra acl(String other) {
            return new Extra(other, replication, restored, ready, used);
        }

        Extra replication(String other) {
            return new Extra(acl, other, restored, ready, used);
        }

        Extra restored(Instant from, Optional<Instant> until) {
            return new Extra(acl, replication, until, Optional.of(from), used);
        }

        Extra used(Instant at) {
            return new Extra(acl, replication, restored, ready, Optional.of(at));
        }
    }

    static Version marker(Key key, String id, Origin origin) {
        return new Version(key, id, true, origin, Content.NONE, Facts.NONE, Hold.NONE, Extra.NONE);
    }

    @Override
    public List<Blobs.Ref> blobs() {
        return content.stored().blob().map(List::of).orElse(List.of());
    }

    String storageClass() {
        return facts.headers().getOrDefault("StorageClass", STANDARD);
    }

    Entry entry() {
        Sum checksum = content.checksum();
        String summed = checksum.algorithm().isEmpty() ? "" : checksum.algorithm() + ' ' + checksum.type();
        long restored = extra.restored().map(Instant::toEpochMilli).orElse(0L);
        long ready = extra.ready().map(Instant::toEpochMilli).orElse(0L);
        return new Entry(
                new Entry.Key(key.bucket(), key.name()),
                key.rank(),
                new Entry.Shown(
                        content.size(),
                        origin.modified(),
                        content.etag(),
                        storageClass(),
                        summed,
                        origin.owner(),
                        restored,
                        ready));
    }

    Version with(Facts other) {
        return new Version(key, id, marker, origin, content, other, hold, extra);
    }

    Version with(Hold other) {
        return new Version(key, id, marker, origin, content, facts, other, extra);
    }

    Version with(Extra other) {
        return new Version(key, id, marker, origin, content, facts, hold, other);
    }

    Version with(Content other) {
        return new Version(key, id, marker, origin, other, facts, hold, extra);
    }

    Version at(Key other, String newId) {
        return new Version(other, newId, marker, origin, content, facts, hold, extra);
    }
}
