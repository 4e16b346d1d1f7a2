package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.services.s3.Scan.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Uploads under way, and the parts that they have.
final class UploadListing implements S3 {
    private final Buckets buckets;
    private final Objects objects;
    private final Uploads uploads;
    private final Changes changes;

    UploadListing(Parts parts, Uploads uploads) {
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.uploads = uploads;
        this.changes = parts.changes();
    }

    @Override
    public ListMultipartUploadsOutput listMultipartUploads(ListMultipartUploadsRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        var spelling = Spelling.of(asked);
        int most = Spelling.most(asked, "MaxUploads", "max-uploads");
        String keyMarker = in.keyMarker().orElse("");
        String idMarker = keyMarker.isEmpty() ? "" : in.uploadIdMarker().orElse("");
        var wish =
                new Wish(bucket.name(), in.prefix().orElse(""), in.delimiter().orElse(""), keyMarker, most);
        List<Upload> rest = idMarker.isEmpty() ? List.of() : rest(wish, idMarker);
        List<Upload> shown = new ArrayList<>(rest.subList(0, Math.min(most, rest.size())));
        Scan<Upload> page = Scan.of(
                uploads.table(),
                new Wish(wish.bucket(), wish.prefix(), wish.delimiter(), keyMarker, most - shown.size()),
                upload -> upload.key().name());
        shown.addAll(page.rows());
        boolean truncated = page.last().isPresent() || rest.size() > most;
        var out = new ListMultipartUploadsOutput()
                .bucket(bucket.name())
                .keyMarker(spelling.of(keyMarker))
                .uploadIdMarker(idMarker)
                .prefix(in.prefix().map(spelling::of))
                .delimiter(in.delimiter().filter(d -> !d.isEmpty()).map(spelling::of))
                .maxUploads(most)
                .encodingType(in.encodingType())
                .isTruncated(truncated)
                .uploads(shown.stream().map(upload -> shown(upload, spelling)).toList())
                .commonPrefixes(Listing.prefixes(page, spelling::of));
        Optional<Upload> last = shown.isEmpty() ? Optional.empty() : Optional.of(shown.getLast());
        String lastKey =
                page.last().or(() -> last.map(upload -> upload.key().name())).orElse("");
        return out.nextKeyMarker(spelling.of(truncated ? lastKey : ""))
                .nextUploadIdMarker(
                        last.filter(upload -> truncated && upload.key().name().equals(lastKey))
                                .map(upload -> upload.key().id())
                                .orElse(""));
    }

    /// Uploads of the marker's key that were begun after the marker.
    private List<Upload> rest(Wish wish, String idMarker) {
        try (Stream<Upload> rows = uploads.table().rows(Span.under(wish.bucket(), wish.after()))) {
            return rows.filter(upload -> upload.key().id().compareTo(idMarker) > 0)
                    .limit(wish.most() + 1L)
                    .toList();
        }
    }

    private static MultipartUpload shown(Upload upload, Spelling spelling) {
        String owner = upload.draft().origin().owner();
        var shown = new MultipartUpload()
                .uploadId(upload.key().id())
                .key(spelling.of(upload.key().name()))
                .initiated(upload.initiated())
                .storageClass(upload.draft().storageClass())
                .owner(Canonical.owner(owner))
                .initiator(new Initiator().id(Canonical.id(owner)));
        return upload.summing().algorithm().isEmpty()
                ? shown
                : shown.checksumAlgorithm(upload.summing().algorithm())
                        .checksumType(upload.summing().type());
    }

    @Override
    public ListPartsOutput listParts(ListPartsRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        Upload upload = uploads.get(asked);
        int most = Spelling.most(asked, "MaxParts", "max-parts");
        int marker = Spelling.whole(asked, "PartNumberMarker", "part-number-marker", 0);
        List<StoredPart> found = page(upload, marker, most + 1);
        List<StoredPart> page = found.subList(0, Math.min(most, found.size()));
        String owner = upload.draft().origin().owner();
        var out = new ListPartsOutput()
                .bucket(in.bucket())
                .key(in.key())
                .uploadId(upload.key().id())
                .partNumberMarker(marker)
                .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number())
                .maxParts(most)
                .isTruncated(found.size() > most)
                .parts(page.stream().map(part -> shown(part, upload)).toList())
                .initiator(new Initiator().id(Canonical.id(owner)))
                .owner(Canonical.owner(owner))
                .storageClass(upload.draft().storageClass());
        changes.tellAbortion(bucket, upload, out);
        return upload.summing().algorithm().isEmpty()
                ? out
                : out.checksumAlgorithm(upload.summing().algorithm())
                        .checksumType(upload.summing().type());
    }

    private List<StoredPart> page(Upload upload, int marker, int most) {
        try (Stream<StoredPart> rows =
                objects.parts().rows(Span.under(upload.key().id()).from(marker + 1))) {
            return rows.limit(most).toList();
        }
    }

    private static S3.Part shown(StoredPart part, Upload upload) {
        var shown = new S3.Part()
                .partNumber(part.number())
                .lastModified(part.modified())
                .eTag('"' + part.etag() + '"')
                .size(part.size());
        if (part.checksum().algorithm().equals(upload.summing().algorithm())) {
            part.checksum().into(shown);
        }
        return shown;
    }
}
