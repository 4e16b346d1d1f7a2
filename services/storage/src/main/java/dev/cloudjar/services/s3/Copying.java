package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.services.s3.Contents.Arrived;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Objects made of other objects. Bytes that stay as they are at rest are named once more, not copied.
final class Copying implements S3 {
    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Contents contents;
    private final Encrypting encrypting;
    private final Changes changes;
    private final Reading reading;
    private final Writing writing;

    Copying(Parts parts, Reading reading, Writing writing) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.contents = parts.contents();
        this.encrypting = parts.encrypting();
        this.changes = parts.changes();
        this.reading = reading;
        this.writing = writing;
    }

    @Override
    @OutsideTransaction
    public CopyObjectOutput copyObject(CopyObjectRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        var source = Source.of(asked);
        boolean replace = directive(in.metadataDirective(), "metadata");
        boolean retag = directive(in.taggingDirective(), "tagging");
        Reading.Seen seen = reading.see(source.reading(asked), "COPY");
        Version from = seen.version();
        reading.checkCopyable(seen);
        checkChanges(bucket, asked, from, replace);
        new Conditions(asked, "CopySource").checkRead(from);
        if (from.content().size() > Writing.LARGEST) {
            throw Refusals.request(
                    "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
        }
        Version draft = writing.draft(bucket, asked).with(facts(asked, from, replace, retag));
        Encrypting.Chosen chosen = encrypting.choose(bucket, in.key(), asked);
        Version added = canShare(seen, chosen, asked) ? share(asked, source, draft) : copy(asked, seen, draft, chosen);
        var out = new CopyObjectOutput();
        CopyObjectResult result = writing.told(new CopyObjectResult(), bucket, added)
                .lastModified(added.origin().modified());
        writing.told(out, bucket, added);
        if (seen.bucket().hasVersions()) {
            out.copySourceVersionId(from.id());
        }
        return out.copyObjectResult(result);
    }

    private static boolean directive(Optional<String> directive, String what) {
        String value = directive.orElse("COPY");
        if (!value.equals("COPY") && !value.equals("REPLACE")) {
            String name = "x-amz-" + what + "-directive";
            throw Refusals.argument("Unknown " + what + " directive.", name, value);
        }
        return value.equals("REPLACE");
    }

    /// An object copied onto itself must become another.
    private static void checkChanges(OwnedBucket bucket, Asked in, Version from, boolean replace) {
        boolean same =
                from.key().bucket().equals(bucket.name()) && from.key().name().equals(in.key());
        boolean changes = replace
                || in.has("StorageClass")
                || in.has("WebsiteRedirectLocation")
                || in.has("ServerSideEncryption")
                || in.has("SSECustomerAlgorithm")
                || in.has("ChecksumAlgorithm")
                || Source.of(in).version().isPresent();
        if (same && !changes) {
            throw Refusals.request(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
    }

    private static Version.Facts facts(Asked in, Version from, boolean replace, boolean retag) {
        Version.Facts given = new Draft(in).facts();
        Map<String, String> headers =
                new LinkedHashMap<>(replace ? given.headers() : from.facts().headers());
        for (String own : List.of("StorageClass", "WebsiteRedirectLocation")) {
            headers.remove(own);
            Optional.ofNullable(given.headers().get(own)).ifPresent(value -> headers.put(own, value));
        }
        return new Version.Facts(
                headers,
                replace ? given.metadata() : from.facts().metadata(),
                retag ? given.tags() : from.facts().tags());
    }

    private static boolean canShare(Reading.Seen seen, Encrypting.Chosen chosen, Asked in) {
        Content content = seen.version().content();
        boolean sum = Sum.asked(in)
                .map(algorithm -> algorithm.name().equals(content.checksum().algorithm()))
                .orElse(!content.checksum().isNone());
        return !content.isInParts()
                && chosen.cipher().isEmpty()
                && !content.seal().orElse(Seal.MANAGED).encrypts()
                && !in.has("CopySourceSSECustomerKey")
                && sum;
    }

    private Version share(Asked in, Source source, Version draft) {
        return kernel.transact(() -> {
            OwnedBucket now = buckets.of(in);
            OwnedBucket home = buckets.of(source.reading(in));
            Version from = objects.get(home, source.key(), source.version(), "COPY");
            Conditions.of(in).checkWrite(in.key(), objects.current(now, in.key()));
            Content content = from.content().sealed(Seal.MANAGED);
            return changes.created(now, objects.add(now, draft.with(content)), "Copy");
        });
    }

    private Version copy(Asked in, Reading.Seen seen, Version draft, Encrypting.Chosen chosen) {
        Hashing algorithm = Sum.asked(in)
                .or(() -> Sum.named(seen.version().content().checksum().algorithm()))
                .orElse(Hashing.CRC64NVME);
        var body = reading.body(seen, in, "CopySource", Optional.empty());
        try (Arrived arrived = contents.take(body, Optional.of(algorithm), chosen.cipher())) {
            Content content = writing.identified(arrived.content(Optional.of(chosen.seal())));
            return kernel.transact(() -> {
                OwnedBucket now = buckets.of(in);
                Conditions.of(in).checkWrite(in.key(), objects.current(now, in.key()));
                return changes.created(now, objects.add(now, draft.with(content)), "Copy");
            });
        }
    }
}
