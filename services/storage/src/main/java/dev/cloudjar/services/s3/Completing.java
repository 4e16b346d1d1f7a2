package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Uploads in parts brought to their end: the parts that the client names become the object, the others go.
final class Completing implements S3 {
    private static final long SMALLEST = 5L << 20;

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Changes changes;
    private final Uploads uploads;
    private final Writing writing;

    Completing(Parts parts, Uploads uploads, Writing writing) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.changes = parts.changes();
        this.uploads = uploads;
        this.writing = writing;
    }

    @Override
    @OutsideTransaction
    public CompleteMultipartUploadOutput completeMultipartUpload(CompleteMultipartUploadRequest in) {
        var asked = new Asked(in);
        List<CompletedPart> wanted = in.multipartUpload()
                .map(CompletedMultipartUpload::parts)
                .orElseThrow(() -> Refusals.request("You must specify at least one part"));
        Version done = kernel.transact(() -> complete(asked, wanted));
        var out = new CompleteMultipartUploadOutput()
                .location(Call.current().request().endpoint()
                        + '/'
                        + in.bucket()
                        + '/'
                        + URLEncoder.encode(in.key(), StandardCharsets.UTF_8).replace("+", "%20"))
                .bucket(in.bucket())
                .key(in.key());
        return writing.told(out, buckets.of(asked), done);
    }

    private Version complete(Asked in, List<CompletedPart> wanted) {
        OwnedBucket bucket = buckets.of(in);
        Optional<Version> current = objects.current(bucket, in.key());
        Optional<Upload> found = uploads.find(in);
        if (found.isEmpty()) {
            return current.filter(version -> version.content()
                            .upload()
                            .equals(in.text("UploadId").orElse("")))
                    .orElseThrow(() -> Refusals.noSuchUpload(in.text("UploadId").orElse("")));
        }
        if (wanted.isEmpty()) {
            throw Refusals.malformedXml();
        }
        Upload upload = found.get();
        List<StoredPart> parts = parts(upload, wanted);
        Conditions.of(in).checkWrite(in.key(), current);
        Content content = content(in, upload, parts);
        keepOnly(upload, parts);
        uploads.table().remove(upload.key());
        Version draft = upload.draft();
        var now = new Version.Origin(
                kernel.time().now().truncatedTo(ChronoUnit.SECONDS),
                draft.origin().owner());
        Version whole = new Version(draft.key(), "", false, now, content, draft.facts(), draft.hold(), draft.extra());
        return changes.created(bucket, objects.add(bucket, whole), "CompleteMultipartUpload");
    }

    private List<StoredPart> parts(Upload upload, List<CompletedPart> wanted) {
        Map<Integer, StoredPart> there =
                uploads.parts(upload).stream().collect(Collectors.toMap(StoredPart::number, Function.identity()));
        List<StoredPart> parts = new ArrayList<>(wanted.size());
        int last = 0;
        for (CompletedPart one : wanted) {
            int number = one.partNumber().orElseThrow(Refusals::malformedXml);
            if (number < 1) {
                throw Refusals.argument("PartNumber must be >= 1", "PartNumber", Integer.toString(number));
            }
            if (number <= last) {
                throw Details.of("UploadId", upload.key().id())
                        .refuse(
                                Code.of("InvalidPartOrder", 400),
                                "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            last = number;
            String etag = Conditions.unquoted(one.eTag().orElseThrow(Refusals::malformedXml));
            StoredPart part = there.get(number);
            if (part == null || !part.etag().equals(etag)) {
                throw missing(upload, number, etag);
            }
            checkSum(upload, part, new Asked(one));
            parts.add(part);
        }
        checkSizes(parts);
        return parts;
    }

    private static AwsError missing(Upload upload, int number, String etag) {
        return Details.of("UploadId", upload.key().id())
                .and("PartNumber", Integer.toString(number))
                .and("ETag", etag)
                .refuse(
                        Refusals.INVALID_PART,
                        "One or more of the specified parts could not be found.  The part may not have been uploaded, or"
                                + " the specified entity tag may not match the part's entity tag.");
    }

    private static void checkSum(Upload upload, StoredPart part, Asked one) {
        Optional<Hashing> algorithm = Sum.named(upload.summing().algorithm());
        if (algorithm.isEmpty()) {
            return;
        }
        Optional<String> given = Sum.given(algorithm.get(), one);
        if (given.isEmpty() && upload.summing().type().equals(Sum.COMPOSITE)) {
            throw Refusals.request("The upload was created using a "
                    + upload.summing().algorithm().toLowerCase(java.util.Locale.ROOT)
                    + " checksum. The complete request must include the checksum for each part. It was missing for part "
                    + part.number() + " in the request.");
        }
        if (given.filter(value -> !value.equals(part.checksum().value())).isPresent()) {
            throw missing(upload, part.number(), part.etag());
        }
    }

    private static void checkSizes(List<StoredPart> parts) {
        for (StoredPart part : parts.subList(0, parts.size() - 1)) {
            if (part.size() < SMALLEST) {
                throw Details.of("ProposedSize", Long.toString(part.size()))
                        .and("MinSizeAllowed", Long.toString(SMALLEST))
                        .and("PartNumber", Integer.toString(part.number()))
                        .and("ETag", part.etag())
                        .refuse(
                                Code.of("EntityTooSmall", 400),
                                "Your proposed upload is smaller than the minimum allowed size");
            }
        }
    }

    private static Content content(Asked in, Upload upload, List<StoredPart> parts) {
        long size = parts.stream().mapToLong(StoredPart::size).sum();
        Optional<Long> believed = in.number("MpuObjectSize");
        if (believed.filter(length -> length != size).isPresent()) {
            throw Refusals.request("The provided 'x-amz-mp-object-size' header value " + believed.get()
                    + " does not match what was computed: " + size);
        }
        Sum sum = PartSums.sum(upload.summing(), parts);
        checkWhole(in, sum);
        return new Content(
                size,
                PartSums.etag(parts),
                sum,
                Content.Stored.EMPTY,
                upload.key().id(),
                upload.seal());
    }

    private static void checkWhole(Asked in, Sum sum) {
        Optional<String> type = in.filled("ChecksumType");
        if (type.isPresent() && !sum.isNone() && !type.get().equals(sum.type())) {
            throw Refusals.request("The upload was created using the " + sum.type()
                    + " checksum mode. The complete request must use the same checksum mode.");
        }
        if (sum.isNone()) {
            return;
        }
        Optional<String> given = Sum.given(sum.by(), in);
        boolean wrong = given.filter(value -> !value.equals(sum.value())
                        && !(sum.type().equals(Sum.COMPOSITE) && sum.value().startsWith(value + "-")))
                .isPresent();
        if (wrong) {
            throw Refusals.of(
                    "BadDigest",
                    400,
                    "The " + sum.algorithm().toLowerCase(java.util.Locale.ROOT)
                            + " you specified did not match the calculated checksum.");
        }
    }

    private void keepOnly(Upload upload, List<StoredPart> parts) {
        Set<Integer> kept = new HashSet<>();
        parts.forEach(part -> kept.add(part.number()));
        for (StoredPart part : uploads.parts(upload)) {
            if (!kept.contains(part.number())) {
                objects.parts().remove(part.key());
            }
        }
    }
}
