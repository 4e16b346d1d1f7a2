package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.services.s3.Contents.Arrived;
import dev.cloudjar.services.s3.Upload.Summing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Uploads in parts: begun, filled part by part in any order, and given up.
final class Uploads implements S3 {
    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Contents contents;
    private final Encrypting encrypting;
    private final Table<Upload.Key, Upload> uploads;
    private final Reading reading;
    private final Writing writing;
    private final Changes changes;

    Uploads(Parts parts, Reading reading, Writing writing) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.contents = parts.contents();
        this.encrypting = parts.encrypting();
        this.uploads = kernel.table(Upload.class, Scope.WORLD);
        this.reading = reading;
        this.changes = parts.changes();
        this.writing = writing;
    }

    Table<Upload.Key, Upload> table() {
        return uploads;
    }

    Optional<Upload> find(Asked in) {
        String id = in.text("UploadId").orElse("");
        return kernel.transact(() ->
                buckets.find(in.bucket()).flatMap(bucket -> uploads.find(new Upload.Key(bucket.name(), in.key(), id))));
    }

    Upload get(Asked in) {
        return find(in).orElseThrow(
                        () -> Refusals.noSuchUpload(in.text("UploadId").orElse("")));
    }

    @Override
    @OutsideTransaction
    public CreateMultipartUploadOutput createMultipartUpload(CreateMultipartUploadRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        Summing summing = summing(asked);
        Encrypting.Chosen chosen = encrypting.choose(bucket, in.key(), asked);
        Version draft = writing.draft(bucket, asked).with(Content.NONE.sealed(chosen.seal()));
        Instant now = kernel.time().now();
        var upload = new Upload(new Upload.Key(bucket.name(), in.key(), id()), now, draft, summing);
        kernel.transact(() -> uploads.put(upload));
        var out = new CreateMultipartUploadOutput()
                .bucket(bucket.name())
                .key(in.key())
                .uploadId(upload.key().id());
        chosen.seal().into(out);
        changes.tellAbortion(bucket, upload, out);
        return summing.algorithm().isEmpty()
                ? out
                : out.checksumAlgorithm(summing.algorithm()).checksumType(summing.type());
    }

    /// Ids rise with time, so that the uploads of a key stand in the order of their begin.
    private String id() {
        return Long.toHexString(kernel.ids().sequence())
                + kernel.ids().hex(".", 32)
                + kernel.ids().hex("", 32);
    }

    private static Summing summing(Asked in) {
        Optional<String> type = in.filled("ChecksumType");
        Optional<Hashing> algorithm = Sum.asked(in);
        if (algorithm.isEmpty()) {
            if (type.isPresent()) {
                throw Refusals.request(
                        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
            }
            return new Summing("", "");
        }
        String chosen = type.orElse(algorithm.get() == Hashing.CRC64NVME ? Sum.FULL_OBJECT : Sum.COMPOSITE);
        boolean fits = switch (algorithm.get()) {
            case CRC64NVME -> chosen.equals(Sum.FULL_OBJECT);
            case CRC32, CRC32C -> chosen.equals(Sum.FULL_OBJECT) || chosen.equals(Sum.COMPOSITE);
            default -> chosen.equals(Sum.COMPOSITE);
        };
        if (!fits) {
            throw Refusals.request("The " + chosen + " checksum type cannot be used with the "
                    + algorithm.get().name().toLowerCase(java.util.Locale.ROOT) + " checksum algorithm.");
        }
        return new Summing(algorithm.get().name(), chosen);
    }

    @Override
    @OutsideTransaction
    public UploadPartOutput uploadPart(UploadPartRequest in) {
        var asked = new Asked(in);
        buckets.of(asked);
        checkNumber(in.partNumber());
        Upload upload = get(asked);
        Writing.checkSize(in.contentLength());
        Body body = in.body().orElse(Body.of(Blob.EMPTY));
        StoredPart part = put(asked, upload, body, in.partNumber());
        var out = new UploadPartOutput().eTag('"' + part.etag() + '"');
        part.checksum().into(out);
        Seal.into(upload.seal(), out);
        return out;
    }

    static void checkNumber(int number) {
        if (number < 1 || number > StoredPart.MOST) {
            throw Refusals.argument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber", "" + number);
        }
    }

    /// Takes in a part; it replaces one of the same number.
    private StoredPart put(Asked in, Upload upload, Body body, int number) {
        Optional<Cipher> cipher = cipher(upload, in);
        Optional<Hashing> algorithm = partAlgorithm(upload, in);
        try (Arrived arrived = contents.take(body, algorithm, cipher)) {
            Writing.checkSize(Optional.of(arrived.size()));
            String etag = writing.identified(arrived.content(upload.seal())).etag();
            var part = new StoredPart(
                    new StoredPart.Key(upload.key().id(), number),
                    arrived.size(),
                    etag,
                    arrived.checksum(),
                    arrived.stored(),
                    kernel.time().now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
            return kernel.transact(() -> {
                if (!uploads.has(upload.key())) {
                    throw Refusals.noSuchUpload(upload.key().id());
                }
                return objects.parts().put(part);
            });
        }
    }

    private static Optional<Hashing> partAlgorithm(Upload upload, Asked in) {
        Optional<Hashing> given = Sum.asked(in);
        Optional<Hashing> wanted = Sum.named(upload.summing().algorithm());
        if (wanted.isEmpty()) {
            return given.isPresent() ? given : Optional.of(Hashing.CRC64NVME);
        }
        if (given.isPresent() && given.get() != wanted.get()) {
            throw Refusals.request("Checksum Type mismatch occurred, expected checksum Type: "
                    + wanted.get().name().toLowerCase(java.util.Locale.ROOT) + ", actual checksum Type: "
                    + given.get().name().toLowerCase(java.util.Locale.ROOT));
        }
        return wanted;
    }

    private Optional<Cipher> cipher(Upload upload, Asked in) {
        Seal seal = upload.seal().orElse(Seal.MANAGED);
        if (seal.isCustomers() && CustomerKey.of(in, "").isEmpty()) {
            throw Refusals.request(
                    "The multipart upload initiate requested encryption. Subsequent part requests must include the"
                            + " appropriate encryption parameters.");
        }
        return encrypting.opening(upload.draft().content(), in, "");
    }

    @Override
    @OutsideTransaction
    public UploadPartCopyOutput uploadPartCopy(UploadPartCopyRequest in) {
        var asked = new Asked(in);
        buckets.of(asked);
        checkNumber(in.partNumber());
        Upload upload = get(asked);
        var source = Source.of(asked);
        Reading.Seen seen = reading.see(source.reading(asked), "COPY");
        reading.checkCopyable(seen);
        new Conditions(asked, "CopySource").checkRead(seen.version());
        Optional<Bytes> range = in.copySourceRange().map(text -> range(text, seen.version()));
        Writing.checkSize(Optional.of(
                range.map(Bytes::length).orElse(seen.version().content().size())));
        Body body = reading.body(seen, asked, "CopySource", range);
        StoredPart part = put(asked, upload, body, in.partNumber());
        var result = new CopyPartResult().eTag('"' + part.etag() + '"').lastModified(part.modified());
        if (!upload.summing().algorithm().isEmpty()) {
            part.checksum().into(result);
        }
        var out = new UploadPartCopyOutput().copyPartResult(result);
        Seal.into(upload.seal(), out);
        return seen.bucket().hasVersions()
                ? out.copySourceVersionId(seen.version().id())
                : out;
    }

    /// Ranges of sources are stricter than those of reads: both ends, and within the object.
    private static Bytes range(String text, Version source) {
        long size = source.content().size();
        String[] ends = text.startsWith("bytes=") ? text.substring(6).split("-", 2) : new String[0];
        boolean numbers = ends.length == 2
                && List.of(ends).stream()
                        .allMatch(end -> !end.isEmpty()
                                && end.length() <= 18
                                && end.chars().allMatch(c -> c >= '0' && c <= '9'));
        if (!numbers) {
            throw Refusals.argument(
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the"
                            + " zero-based offsets of the first and last bytes to copy",
                    "x-amz-copy-source-range",
                    text);
        }
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[1]);
        if (first > last || last >= size) {
            throw Refusals.argument(
                    "Range specified is not valid for source object of size: " + size, "x-amz-copy-source-range", text);
        }
        return new Bytes(first, last - first + 1);
    }

    @Override
    public AbortMultipartUploadOutput abortMultipartUpload(AbortMultipartUploadRequest in) {
        var asked = new Asked(in);
        buckets.of(asked);
        remove(get(asked));
        return new AbortMultipartUploadOutput();
    }

    /// Gives an upload up with all its parts.
    void remove(Upload upload) {
        uploads.remove(upload.key());
        objects.removeParts(upload.key().id());
    }

    List<StoredPart> parts(Upload upload) {
        return objects.parts().rows(Span.under(upload.key().id())).toList();
    }
}
