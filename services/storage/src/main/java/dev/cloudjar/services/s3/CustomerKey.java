package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// A key that a client brings with each request (SSE-C), and the digest by which S3 recognises it.
record CustomerKey(Blob key, String md5) {
    private static final int SIZE = 32;
    private static final String HEADER = "x-amz-server-side-encryption-customer-";

    /// The key that an input carries, or nothing. `prefix` is that of its members: none, or `CopySource`.
    static Optional<CustomerKey> of(Asked in, String prefix) {
        Optional<String> algorithm = in.text(prefix + "SSECustomerAlgorithm");
        Optional<String> key = in.text(prefix + "SSECustomerKey");
        Optional<String> md5 = in.text(prefix + "SSECustomerKeyMD5");
        if (algorithm.isEmpty() && key.isEmpty() && md5.isEmpty()) {
            return Optional.empty();
        }
        if (algorithm.isEmpty()) {
            throw refused("must provide a valid encryption algorithm.", "algorithm", "null");
        }
        if (!algorithm.get().equals(Seal.AES256)) {
            throw Refusals.of(
                    "InvalidEncryptionAlgorithmError",
                    400,
                    "The encryption request you specified is not valid. The valid value is AES256.");
        }
        if (key.isEmpty()) {
            throw refused("must provide an appropriate secret key.", "key", "null");
        }
        if (md5.isEmpty()) {
            throw refused("must provide the client calculated MD5 of the secret key.", "key-MD5", "null");
        }
        return Optional.of(checked(key.get(), md5.get()));
    }

    private static CustomerKey checked(String text, String md5) {
        byte[] key = decoded(text);
        if (key.length != SIZE) {
            throw Refusals.argument("The secret key was invalid for the specified algorithm.", HEADER + "key", "null");
        }
        if (!Arrays.equals(Digests.md5().digest(key), decoded(md5))) {
            throw Refusals.argument(
                    "The calculated MD5 hash of the key did not match the hash that was provided.",
                    HEADER + "key-MD5",
                    md5);
        }
        return new CustomerKey(Blob.of(key), md5);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private static AwsError refused(String reason, String header, String value) {
        return Refusals.argument(
                "Requests specifying Server Side Encryption with Customer provided keys " + reason,
                HEADER + header,
                value);
    }
}
