package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.util.Optional;

/// Objects that S3 itself writes into buckets: logs, inventories, analyses. It writes them under the name of a
/// service, which the bucket's policy or access control list must let in.
final class Shipping {
    private final Kernel kernel;
    private final Writing writing;

    Shipping(Kernel kernel, Writing writing) {
        this.kernel = kernel;
        this.writing = writing;
    }

    /// For whose sake something is written: a service (`logging.s3.amazonaws.com`) and the resource of an
    /// account.
    record From(String service, String arn, String account) {}

    /// A file that is to belong to whoever owns the bucket.
    static PutObjectRequest file(String key, String type, Blob content) {
        return new PutObjectRequest()
                .key(key)
                .contentType(type)
                .acl("bucket-owner-full-control")
                .body(Body.of(content));
    }

    /// Has a file encrypted as its configuration says: by S3's own keys, or by this one of KMS.
    static void seal(PutObjectRequest object, boolean managed, Optional<String> key) {
        if (managed) {
            object.serverSideEncryption(Seal.AES256);
        }
        key.ifPresent(id -> object.serverSideEncryption(Seal.KMS).ssekmsKeyId(id));
    }

    /// Writes `object` on behalf of the bucket `from`, in the name of `service`. Answers whether it was let in.
    /// To be called outside a transaction.
    boolean ship(OwnedBucket from, String service, OwnedBucket to, PutObjectRequest object) {
        return ship(new From(service, from.arn(), from.owner()), to, object);
    }

    boolean ship(From from, OwnedBucket to, PutObjectRequest object) {
        Access access = Access.of("s3:PutObject", to.arn() + '/' + object.key())
                .with("aws:SourceArn", from.arn())
                .with("aws:SourceAccount", from.account())
                .with("s3:x-amz-acl", object.acl().orElse(""));
        Call call = Call.current().as(Principal.service(from.service())).in(to.owner(), to.region());
        return call.run(() -> {
            try {
                kernel.require(access);
                writing.putObject(object.bucket(to.name()));
                return true;
            } catch (AwsError refused) {
                return false;
            }
        });
    }
}
