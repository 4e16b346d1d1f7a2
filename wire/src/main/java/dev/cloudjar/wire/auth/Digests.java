package dev.cloudjar.wire.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The hash functions that every Java platform has, without their checked exceptions.
final class Digests {
    static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static MessageDigest sha256() {
        return named("SHA-256");
    }

    static String sha256Hex(byte[] bytes) {
        return bytes.length == 0 ? EMPTY_SHA256 : hex(sha256().digest(bytes));
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /// An HMAC under `key`, ready for use by one thread.
    static Mac hmac(String algorithm, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static Mac hmacSha256(byte[] key) {
        return hmac("HmacSHA256", key);
    }
}
