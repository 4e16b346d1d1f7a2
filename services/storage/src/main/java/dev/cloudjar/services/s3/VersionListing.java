package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.services.s3.Scan.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The versions of a bucket's objects, listed by key and from the newest on.
final class VersionListing implements S3 {
    private final Buckets buckets;
    private final Objects objects;

    VersionListing(Parts parts) {
        this.buckets = parts.buckets();
        this.objects = parts.objects();
    }

    /// A page in the making.
    private static final class Page {
        private final List<Version> versions = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private Optional<Version> lastVersion = Optional.empty();
        private String lastKey = "";
        private boolean truncated;

        int size() {
            return versions.size() + prefixes.size();
        }
    }

    @Override
    public ListObjectVersionsOutput listObjectVersions(ListObjectVersionsRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        var spelling = Spelling.of(asked);
        int most = Spelling.most(asked, "MaxKeys", "maxKeys");
        String keyMarker = in.keyMarker().orElse("");
        Optional<String> idMarker = asked.text("VersionIdMarker");
        if (idMarker.filter(String::isEmpty).isPresent()) {
            throw Refusals.argument("A version-id marker cannot be empty.", "version-id-marker", "");
        }
        if (idMarker.isPresent() && keyMarker.isEmpty()) {
            throw Refusals.argument(
                    "A version-id marker cannot be specified without a key marker.",
                    "version-id-marker",
                    idMarker.get());
        }
        var wish =
                new Wish(bucket.name(), in.prefix().orElse(""), in.delimiter().orElse(""), keyMarker, most);
        Page page = page(bucket, wish, idMarker);
        var out = new ListObjectVersionsOutput()
                .name(bucket.name())
                .prefix(spelling.of(wish.prefix()))
                .delimiter(in.delimiter().filter(d -> !d.isEmpty()).map(spelling::of))
                .keyMarker(spelling.of(keyMarker))
                .versionIdMarker(in.versionIdMarker().orElse(""))
                .maxKeys(most)
                .isTruncated(page.truncated)
                .encodingType(in.encodingType())
                .commonPrefixes(page.prefixes.stream()
                        .map(prefix -> new S3.CommonPrefix().prefix(spelling.of(prefix)))
                        .toList());
        show(bucket, page, spelling, out);
        if (page.truncated) {
            out.nextKeyMarker(spelling.of(page.lastKey)).nextVersionIdMarker(page.lastVersion.map(Version::id));
        }
        return out;
    }

    private Page page(OwnedBucket bucket, Wish wish, Optional<String> idMarker) {
        var page = new Page();
        if (wish.most() == 0) {
            return page;
        }
        if (idMarker.isPresent()) {
            rest(bucket, wish, idMarker.get(), page);
        }
        Optional<String> from = Optional.of(wish.start());
        while (from.isPresent() && !page.truncated) {
            from = walk(wish, from.get(), page);
        }
        return page;
    }

    /// The versions of the marker's key that come after the marker.
    private void rest(OwnedBucket bucket, Wish wish, String idMarker, Page page) {
        Optional<Version> marker = objects.find(bucket, wish.after(), Objects.checked(idMarker));
        try (Stream<Version> history = objects.history(bucket, wish.after())) {
            history.filter(version -> marker.isPresent()
                            && version.key().rank() > marker.get().key().rank())
                    .takeWhile(_ -> !page.truncated)
                    .forEach(version -> add(wish, version, page));
        }
    }

    /// Lists from one key on, until something is rolled up: then that is where to go on from.
    private Optional<String> walk(Wish wish, String from, Page page) {
        try (Stream<Version> rows =
                objects.versions().rows(Span.under(wish.bucket()).from(from))) {
            var each = rows.iterator();
            while (each.hasNext() && !page.truncated) {
                Version version = each.next();
                String key = version.key().name();
                if (!key.startsWith(wish.prefix())) {
                    return Optional.empty();
                }
                Optional<String> common = wish.common(key);
                if (common.isPresent()) {
                    rollUp(wish, common.get(), page);
                    return Optional.of(Scan.beyond(common.get()));
                }
                add(wish, version, page);
            }
        }
        return Optional.empty();
    }

    private static void rollUp(Wish wish, String prefix, Page page) {
        if (page.size() == wish.most()) {
            page.truncated = true;
            return;
        }
        page.prefixes.add(prefix);
        page.lastKey = prefix;
        page.lastVersion = Optional.empty();
    }

    private static void add(Wish wish, Version version, Page page) {
        if (page.size() == wish.most()) {
            page.truncated = true;
            return;
        }
        page.versions.add(version);
        page.lastKey = version.key().name();
        page.lastVersion = Optional.of(version);
    }

    private void show(OwnedBucket bucket, Page page, Spelling spelling, ListObjectVersionsOutput out) {
        List<ObjectVersion> versions = new ArrayList<>();
        List<DeleteMarkerEntry> markers = new ArrayList<>();
        String key = "";
        for (Version version : page.versions) {
            boolean latest = !version.key().name().equals(key) && isNewest(bucket, version);
            key = version.key().name();
            if (version.marker()) {
                markers.add(marker(version, latest, spelling));
            } else {
                versions.add(shown(version, latest, spelling));
            }
        }
        out.versions(versions).deleteMarkers(markers);
    }

    private boolean isNewest(OwnedBucket bucket, Version version) {
        return objects.newest(bucket, version.key().name())
                .filter(newest -> newest.key().equals(version.key()))
                .isPresent();
    }

    private static DeleteMarkerEntry marker(Version version, boolean latest, Spelling spelling) {
        return new DeleteMarkerEntry()
                .key(spelling.of(version.key().name()))
                .versionId(version.id())
                .isLatest(latest)
                .lastModified(version.origin().modified())
                .owner(Canonical.owner(version.origin().owner()));
    }

    private static ObjectVersion shown(Version version, boolean latest, Spelling spelling) {
        Sum sum = version.content().checksum();
        var shown = new ObjectVersion()
                .key(spelling.of(version.key().name()))
                .versionId(version.id())
                .isLatest(latest)
                .lastModified(version.origin().modified())
                .eTag('"' + version.content().etag() + '"')
                .size(version.content().size())
                .storageClass(version.storageClass())
                .owner(Canonical.owner(version.origin().owner()));
        return sum.isNone()
                ? shown
                : shown.checksumAlgorithm(List.of(sum.algorithm())).checksumType(sum.type());
    }
}
