package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Objects read, whole or in part, and looked at. What is read is one version, however long it takes and whatever
/// becomes of it meanwhile.
final class Reading implements S3 {
    private static final Map<String, String> OVERRIDES = Map.of(
            "ResponseCacheControl", "CacheControl",
            "ResponseContentDisposition", "ContentDisposition",
            "ResponseContentEncoding", "ContentEncoding",
            "ResponseContentLanguage", "ContentLanguage",
            "ResponseContentType", "ContentType",
            "ResponseExpires", "Expires");

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Contents contents;
    private final Encrypting encrypting;
    private final Changes changes;
    private final Restoring restoring;
    private final Retrievals retrievals;
    private final Renderings renderings;

    Reading(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.contents = parts.contents();
        this.encrypting = parts.encrypting();
        this.changes = parts.changes();
        this.restoring = new Restoring(parts);
        this.retrievals = new Retrievals(parts);
        this.renderings = new Renderings(parts);
    }

    /// A version with the parts it is made of, as one transaction saw them.
    record Seen(OwnedBucket bucket, Version version, List<StoredPart> parts) {}

    /// What `in` names. That a key is not there is told to those only who may list the bucket.
    Seen see(Asked in, String method) {
        try {
            return kernel.transact(() -> {
                OwnedBucket bucket = buckets.of(in);
                Version version = objects.get(bucket, in.key(), in.text("VersionId"), method);
                return new Seen(bucket, version, Contents.parts(objects, version.content()));
            });
        } catch (AwsError missing) {
            if (missing.code().code().equals("NoSuchKey")) {
                buckets.require("ListBucket", in.bucket(), "");
            }
            throw missing;
        }
    }

    @Override
    @OutsideTransaction
    public GetObjectOutput getObject(GetObjectRequest in) {
        var asked = new Asked(in);
        Optional<GetObjectOutput> rendered = renderings.get(asked);
        if (rendered.isPresent()) {
            return rendered.get();
        }
        Seen seen = see(asked, "GET");
        Conditions.of(asked).checkRead(seen.version());
        checkReadable(seen);
        Optional<Cipher> cipher = encrypting.opening(seen.version().content(), asked, "");
        Range range = Range.of(asked, seen);
        Body body = contents.open(seen.version().content(), seen.parts(), cipher, range.bytes());
        GetObjectOutput out = new GetObjectOutput().body(body);
        describe(out, seen, asked, range);
        override(asked, out);
        retrievals.note(seen.bucket(), seen.version(), range.bytes().length());
        return out;
    }

    @Override
    @OutsideTransaction
    public HeadObjectOutput headObject(HeadObjectRequest in) {
        var asked = new Asked(in);
        return renderings.head(asked).orElseGet(() -> kernel.transact(() -> headed(asked)));
    }

    private HeadObjectOutput headed(Asked asked) {
        Seen seen = see(asked, "HEAD");
        Conditions.of(asked).checkRead(seen.version());
        encrypting.opening(seen.version().content(), asked, "");
        Range range = Range.of(asked, seen);
        HeadObjectOutput out = new HeadObjectOutput();
        describe(out, seen, asked, range);
        override(asked, out);
        return out;
    }

    /// What a caller wants the headers to say instead.
    private static void override(Asked asked, Struct out) {
        OVERRIDES.forEach((from, to) -> asked.filled(from).ifPresent(value -> Told.set(out, to, value)));
    }

    /// What the headers of an answer say of a version.
    private void describe(Struct out, Seen seen, Asked in, Range range) {
        Version version = seen.version();
        Told.set(out, "AcceptRanges", "bytes");
        Told.set(out, "LastModified", version.origin().modified());
        Told.set(out, "ETag", '"' + version.content().etag() + '"');
        Told.set(out, "ContentLength", range.bytes().length());
        range.header().ifPresent(header -> Told.set(out, "ContentRange", header));
        range.parts().ifPresent(count -> Told.set(out, "PartsCount", count));
        version.facts().headers().forEach((name, value) -> Told.set(out, name, value));
        Told.set(out, "Metadata", Metadata.told(version.facts().metadata()));
        if (seen.bucket().hasVersions()) {
            Told.set(out, "VersionId", version.id());
        }
        if (!version.facts().tags().isEmpty()) {
            Told.set(out, "TagCount", version.facts().tags().size());
        }
        Seal.into(version.content().seal(), out);
        if (in.filled("ChecksumMode").filter("ENABLED"::equalsIgnoreCase).isPresent()) {
            range.checksum(version).into(out);
        }
        describeHold(out, version.hold());
        restoring.describe(out, seen.bucket(), version);
        if (!version.extra().replication().isEmpty()) {
            Told.set(out, "ReplicationStatus", version.extra().replication());
        }
        changes.expiration(seen.bucket(), version).ifPresent(text -> Told.set(out, "Expiration", text));
    }

    private static void describeHold(Struct out, Version.Hold hold) {
        if (!hold.mode().isEmpty()) {
            Told.set(out, "ObjectLockMode", hold.mode());
            Told.set(out, "ObjectLockRetainUntilDate", hold.until());
        }
        if (!hold.legal().isEmpty()) {
            Told.set(out, "ObjectLockLegalHoldStatus", hold.legal());
        }
    }

    void checkReadable(Seen seen) {
        restoring.checkReadable(seen.bucket(), seen.version());
    }

    void checkCopyable(Seen source) {
        restoring.checkCopyable(source.bucket(), source.version());
    }

    /// The body of an object as another operation reads it: all of it, or `bytes`.
    Body body(Seen seen, Asked in, String prefix, Optional<Bytes> bytes) {
        Content content = seen.version().content();
        Optional<Cipher> cipher = encrypting.opening(content, in, prefix);
        return contents.open(content, seen.parts(), cipher, bytes.orElse(new Bytes(0, content.size())));
    }

    static AwsError torrent() {
        return Details.of("Method", "GET")
                .and("ResourceType", "TORRENT")
                .refuse(Code.of("MethodNotAllowed", 405), "The specified method is not allowed against this resource.");
    }

    @Override
    public GetObjectTorrentOutput getObjectTorrent(GetObjectTorrentRequest in) {
        see(new Asked(in), "GET");
        throw torrent();
    }
}
