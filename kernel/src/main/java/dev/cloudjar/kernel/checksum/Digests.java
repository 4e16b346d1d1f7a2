package dev.cloudjar.kernel.checksum;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The hash functions that every Java platform has, without their checked exceptions.
public final class Digests {
    public static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final HexFormat HEX = HexFormat.of();
    private static final MessageDigest SHA256 = named("SHA-256");

    private Digests() {}

    public static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// A copy costs a fraction of what it takes to ask the platform for another one.
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA256.clone();
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public static byte[] sha256(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String sha256Hex(byte[] bytes) {
        return bytes.length == 0 ? EMPTY_SHA256 : hex(sha256().digest(bytes));
    }

    public static MessageDigest md5() {
        return named("MD5");
    }

    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /// An HMAC under `key`, ready for use by one thread.
    public static Mac hmac(String algorithm, byte[] key) {
        return hmac(new SecretKeySpec(key, algorithm));
    }

    /// The same under a key that knows its algorithm.
    public static Mac hmac(Key key) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public static Mac hmacSha256(byte[] key) {
        return hmac("HmacSHA256", key);
    }
}
