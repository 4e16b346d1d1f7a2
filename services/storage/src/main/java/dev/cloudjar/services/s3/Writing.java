package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.s3.Contents.Arrived;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Objects written whole. The body is taken in first, outside any transaction; the object is there once its row
/// commits.
final class Writing implements S3 {
    /// The largest object that one request may carry.
    static final long LARGEST = 5L << 30;

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Contents contents;
    private final Encrypting encrypting;
    private final Locks locks;
    private final Changes changes;
    private final AccountBlocks blocks;

    Writing(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.contents = parts.contents();
        this.encrypting = parts.encrypting();
        this.locks = parts.locks();
        this.changes = parts.changes();
        this.blocks = new AccountBlocks(parts.kernel(), parts.documents());
    }

    @Override
    @OutsideTransaction
    public PutObjectOutput putObject(PutObjectRequest in) {
        var asked = new Asked(in);
        OwnedBucket bucket = buckets.of(asked);
        checkSize(in.contentLength());
        Locks.checkSummed(asked);
        if (in.writeOffsetBytes().isPresent()) {
            throw Code.of("NotImplemented", 501)
                    .because("A header you provided implies functionality that is not implemented");
        }
        Version draft = draft(bucket, asked);
        Conditions conditions = Conditions.of(asked);
        if (asked.has("IfMatch") || asked.has("IfNoneMatch")) {
            conditions.checkWrite(in.key(), kernel.transact(() -> objects.current(bucket, in.key())));
        }
        Encrypting.Chosen chosen = encrypting.choose(bucket, in.key(), asked);
        Hashing algorithm = Sum.asked(asked).orElse(Hashing.CRC64NVME);
        Body body = in.body().orElse(Body.of(Blob.EMPTY));
        try (Arrived arrived = contents.take(body, Optional.of(algorithm), chosen.cipher())) {
            checkSize(Optional.of(arrived.size()));
            Content content = arrived.content(Optional.of(chosen.seal()));
            Version added = kernel.transact(() -> {
                OwnedBucket now = buckets.of(asked);
                conditions.checkWrite(in.key(), objects.current(now, in.key()));
                return changes.created(now, objects.add(now, draft.with(identified(content))), way());
            });
            return told(new PutObjectOutput(), bucket, added);
        }
    }

    /// How the object came, as those are told who want to hear of it.
    private static String way() {
        return Call.current().request().operation().equals("PostObject") ? "Post" : "Put";
    }

    /// The MD5 of the bytes identifies an object only where S3 keeps the key.
    Content identified(Content content) {
        boolean opaque = content.seal()
                .filter(seal -> seal.isKms() || seal.isCustomers())
                .isPresent();
        return opaque
                ? new Content(
                        content.size(),
                        kernel.ids().hex("", 32),
                        content.checksum(),
                        content.stored(),
                        content.upload(),
                        content.seal())
                : content;
    }

    static void checkSize(Optional<Long> size) {
        if (size.filter(s -> s > LARGEST).isPresent()) {
            throw Refusals.tooLarge(size.get(), LARGEST);
        }
    }

    /// The object that an input describes, still without content, place and id.
    Version draft(OwnedBucket bucket, Asked in) {
        Ownership.checkWrite(bucket, in);
        String writer = Call.current().principal().account();
        String owner = bucket.isOwnerEnforced() || takesOver(bucket, in) ? bucket.owner() : writer;
        String acl = bucket.isOwnerEnforced() ? "" : acl(bucket, in, owner);
        return new Version(
                new Version.Key(bucket.name(), in.key(), 0),
                "",
                false,
                new Version.Origin(kernel.time().now().truncatedTo(ChronoUnit.SECONDS), owner),
                Content.NONE,
                new Draft(in).facts(),
                locks.asked(bucket, in),
                Version.Extra.of(acl));
    }

    private String acl(OwnedBucket bucket, Asked in, String owner) {
        Optional<AccessControlPolicy> acl = Acl.asked(in, owner, bucket.owner());
        if (acl.filter(Acl::isPublic).isPresent()
                && blocks.of(bucket).blockPublicAcls().orElse(false)) {
            throw Refusals.denied();
        }
        return acl.map(StructJson::write).orElse("");
    }

    private static boolean takesOver(OwnedBucket bucket, Asked in) {
        return bucket.keeping().ownership().equals(Ownership.PREFERRED)
                && in.filled("ACL").filter("bucket-owner-full-control"::equals).isPresent();
    }

    /// Says in an answer what has been written.
    <S extends Struct> S told(S out, OwnedBucket bucket, Version added) {
        Told.set(out, "ETag", '"' + added.content().etag() + '"');
        if (!added.id().equals(Version.NULL) || bucket.keeping().versioning().equals(OwnedBucket.SUSPENDED)) {
            Told.set(out, "VersionId", added.id());
        }
        added.content().checksum().into(out);
        Seal.into(added.content().seal(), out);
        changes.expiration(bucket, added).ifPresent(text -> Told.set(out, "Expiration", text));
        return out;
    }
}
