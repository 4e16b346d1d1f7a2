package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The histories of all keys: each version a row, and for each key that is there an entry for the listings.
///
/// Everything here belongs to the call's transaction.
final class Objects {
    private static final int ID = 24;

    private final Kernel kernel;
    private final Table<Entry.Key, Entry> entries;
    private final Table<Version.Key, Version> versions;
    private final Table<StoredPart.Key, StoredPart> parts;

    Objects(Kernel kernel) {
        this.kernel = kernel;
        this.entries = kernel.table(Entry.class, Scope.WORLD);
        this.versions = kernel.table(Version.class, Scope.WORLD);
        this.parts = kernel.table(StoredPart.class, Scope.WORLD);
    }

    Table<Entry.Key, Entry> entries() {
        return entries;
    }

    Table<Version.Key, Version> versions() {
        return versions;
    }

    Table<StoredPart.Key, StoredPart> parts() {
        return parts;
    }

    /// The version that a key has now, unless that is a delete marker.
    Optional<Version> current(OwnedBucket bucket, String key) {
        return entries.find(new Entry.Key(bucket.name(), key)).flatMap(entry -> at(bucket, key, entry.rank()));
    }

    private Optional<Version> at(OwnedBucket bucket, String key, long rank) {
        return versions.find(new Version.Key(bucket.name(), key, rank));
    }

    /// The newest version, delete marker or not.
    Optional<Version> newest(OwnedBucket bucket, String key) {
        return history(bucket, key).findFirst();
    }

    /// All versions of a key, newest first.
    Stream<Version> history(OwnedBucket bucket, String key) {
        return versions.rows(Span.under(bucket.name(), key));
    }

    /// The version called `id`, delete marker or not.
    Optional<Version> find(OwnedBucket bucket, String key, String id) {
        return id.equals(Version.NULL)
                ? nullVersion(bucket, key)
                : rank(id).flatMap(rank -> at(bucket, key, rank))
                        .filter(version -> version.id().equals(id));
    }

    private Optional<Version> nullVersion(OwnedBucket bucket, String key) {
        Stream<Version> candidates = bucket.hasVersions() ? history(bucket, key) : current(bucket, key).stream();
        return candidates.filter(version -> version.id().equals(Version.NULL)).findFirst();
    }

    /// The version that an input means, or S3's refusal where it is missing or a delete marker.
    Version get(OwnedBucket bucket, String key, Optional<String> id, String method) {
        if (id.isPresent()) {
            Version found =
                    find(bucket, key, checked(id.get())).orElseThrow(() -> Refusals.noSuchVersion(key, id.get()));
            if (found.marker()) {
                throw Refusals.isMarker(found, method);
            }
            return found;
        }
        return current(bucket, key)
                .orElseThrow(() -> bucket.hasVersions()
                        ? newest(bucket, key).map(Refusals::deleted).orElseGet(() -> Refusals.noSuchKey(key))
                        : Refusals.noSuchKey(key));
    }

    /// Whether a version may have this id.
    static boolean isId(String id) {
        return id.equals(Version.NULL) || rank(id).isPresent();
    }

    /// A version id as S3 makes them, or S3's refusal.
    static String checked(String id) {
        if (id.isEmpty()) {
            throw Refusals.argument("Version id cannot be the empty string", "versionId", id);
        }
        if (!isId(id)) {
            throw Refusals.argument("Invalid version id specified", "versionId", id);
        }
        return id;
    }

    /// The rank that stands in a version id.
    private static Optional<Long> rank(String id) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(id);
            return bytes.length == ID ? Optional.of(ByteBuffer.wrap(bytes).getLong() ^ mask(bytes)) : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static long mask(byte[] id) {
        return ByteBuffer.wrap(id, Long.BYTES, Long.BYTES).getLong();
    }

    /// The id of the version at `rank`, which can be found by it and guessed from nothing.
    private String id(long rank) {
        byte[] bytes = kernel.ids().bytes(ID);
        ByteBuffer.wrap(bytes).putLong(rank ^ mask(bytes));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A place before all other versions of the key.
    Version.Key place(OwnedBucket bucket, String key) {
        return new Version.Key(bucket.name(), key, Long.MAX_VALUE - kernel.ids().sequence());
    }

    /// Makes `draft` the newest version of its key, as the bucket's versioning has it: under an id of its own,
    /// or in place of the null version.
    Version add(OwnedBucket bucket, Version draft) {
        String key = draft.key().name();
        Version.Key place = place(bucket, key);
        if (!bucket.isVersioned()) {
            nullVersion(bucket, key).ifPresent(this::erase);
        }
        Version added = versions.put(draft.at(place, bucket.isVersioned() ? id(place.rank()) : Version.NULL));
        show(added);
        return added;
    }

    /// Puts a copy of a version from elsewhere among the versions of the same key, under the same id; one that
    /// was put there before is replaced.
    Version replica(OwnedBucket bucket, Version original) {
        var place = new Version.Key(
                bucket.name(), original.key().name(), original.key().rank());
        Version copy = original.at(place, original.id());
        if (original.content().isInParts()) {
            String upload = original.content().upload() + '/' + bucket.name();
            parts.rows(Span.under(original.content().upload())).toList().forEach(part -> parts.put(part.of(upload)));
            copy = copy.with(copy.content().inPartsOf(upload));
        }
        versions.put(copy);
        Optional<Version> newest = newest(bucket, original.key().name());
        if (newest.filter(version -> version.key().equals(place)).isPresent()) {
            show(copy);
        }
        return copy;
    }

    /// Gives the only version of a key another name, parts and all; what had that name before is gone.
    Version rename(OwnedBucket bucket, Version old, String key) {
        versions.remove(old.key());
        entries.remove(new Entry.Key(bucket.name(), old.key().name()));
        return add(bucket, old.at(new Version.Key(bucket.name(), key, 0), ""));
    }

    /// Has the listings show `newest` for its key.
    private void show(Version newest) {
        var name = new Entry.Key(newest.key().bucket(), newest.key().name());
        if (newest.marker()) {
            entries.remove(name);
        } else {
            entries.put(newest.entry());
        }
    }

    /// Writes a version anew in its place.
    Version change(Version changed) {
        versions.put(changed);
        var name = new Entry.Key(changed.key().bucket(), changed.key().name());
        if (entries.find(name)
                .filter(entry -> entry.rank() == changed.key().rank())
                .isPresent()) {
            entries.put(changed.entry());
        }
        return changed;
    }

    /// Deletes a version for good; the one before it takes its place.
    void remove(OwnedBucket bucket, Version version) {
        erase(version);
        String key = version.key().name();
        var name = new Entry.Key(bucket.name(), key);
        Optional<Version> next = bucket.hasVersions() ? newest(bucket, key).filter(v -> !v.marker()) : Optional.empty();
        if (next.isPresent()) {
            entries.put(next.get().entry());
        } else {
            entries.remove(name);
        }
    }

    private void erase(Version version) {
        versions.remove(version.key());
        if (version.content().isInParts()) {
            removeParts(version.content().upload());
        }
    }

    void removeParts(String upload) {
        parts.rows(Span.under(upload)).toList().forEach(part -> parts.remove(part.key()));
    }

    /// The next `most` versions of a bucket after one, in a transaction of their own where there is none.
    List<Version> page(Version.Key after, int most) {
        return kernel.transact(() -> {
            try (Stream<Version> rows = versions.rows(Span.under(after.bucket()).from(after.name()))) {
                return rows.dropWhile(version -> version.key().name().equals(after.name())
                                && version.key().rank() <= after.rank())
                        .limit(most)
                        .toList();
            }
        });
    }

    boolean isEmpty(OwnedBucket bucket) {
        return versions.rows(Span.under(bucket.name())).findFirst().isEmpty();
    }
}
