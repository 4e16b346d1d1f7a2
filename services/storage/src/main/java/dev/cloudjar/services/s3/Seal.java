package dev.cloudjar.services.s3;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import java.util.Optional;

/// How an object is encrypted at rest, and what its answers say of it. `dataKey` is sealed by KMS; a customer's
/// own key is not kept, only what it is recognised by.
record Seal(String algorithm, String kmsKey, String context, boolean bucketKey, Blob dataKey, String customerMd5) {
    static final String AES256 = "AES256";
    static final String KMS = "aws:kms";
    static final String DSSE = "aws:kms:dsse";

    /// What S3 does to every object that nobody gave another encryption: it says so, and the disk is trusted.
    static final Seal MANAGED = new Seal(AES256, "", "", false, Blob.EMPTY, "");

    boolean isKms() {
        return algorithm.startsWith(KMS);
    }

    boolean isCustomers() {
        return !customerMd5.isEmpty();
    }

    /// Whether the bytes at rest are not those of the object.
    boolean encrypts() {
        return isCustomers() || dataKey.size() > 0;
    }

    /// Says in an answer how the object is encrypted.
    void into(Struct out) {
        if (isCustomers()) {
            Told.set(out, "SSECustomerAlgorithm", AES256);
            Told.set(out, "SSECustomerKeyMD5", customerMd5);
            return;
        }
        Told.set(out, "ServerSideEncryption", algorithm);
        if (isKms()) {
            Told.set(out, "SSEKMSKeyId", kmsKey);
        }
        if (bucketKey) {
            Told.set(out, "BucketKeyEnabled", true);
        }
    }

    static void into(Optional<Seal> seal, Struct out) {
        seal.ifPresent(by -> by.into(out));
    }
}
