package dev.cloudjar.services.iam;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Certificates and keys as people paste them.
final class Pem {
    private static final byte[] RSA_PREFIX = {
        0x30,
        (byte) 0x82,
        0,
        0,
        2,
        1,
        0,
        0x30,
        13,
        6,
        9,
        0x2A,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xF7,
        13,
        1,
        1,
        1,
        5,
        0,
        4,
        (byte) 0x82,
        0,
        0
    };

    private Pem() {}

    /// The first certificate of `text`, if it begins with one.
    static Optional<X509Certificate> certificate(String text) {
        if (!text.strip().startsWith("-----BEGIN CERTIFICATE-----")) {
            return Optional.empty();
        }
        try {
            var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            return Optional.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    /// An RSA or EC key, in the form of PKCS 8 or, for RSA, PKCS 1.
    static Optional<PrivateKey> key(String text) {
        boolean pkcs1 = text.contains("BEGIN RSA PRIVATE KEY");
        Optional<byte[]> bytes = body(text, pkcs1 ? "RSA PRIVATE KEY" : "PRIVATE KEY");
        return bytes.map(found -> pkcs1 ? wrapped(found) : found).flatMap(Pem::key);
    }

    private static Optional<PrivateKey> key(byte[] encoded) {
        for (String algorithm : new String[] {"RSA", "EC"}) {
            try {
                return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            } catch (GeneralSecurityException another) {
                continue;
            }
        }
        return Optional.empty();
    }

    static Optional<byte[]> body(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// A key of PKCS 1 in the envelope of PKCS 8.
    private static byte[] wrapped(byte[] key) {
        byte[] whole = Arrays.copyOf(RSA_PREFIX, RSA_PREFIX.length + key.length);
        System.arraycopy(key, 0, whole, RSA_PREFIX.length, key.length);
        size(whole, 2, whole.length - 4);
        size(whole, RSA_PREFIX.length - 2, key.length);
        return whole;
    }

    private static void size(byte[] bytes, int at, int size) {
        bytes[at] = (byte) (size >> 8);
        bytes[at + 1] = (byte) size;
    }

    /// Whether the key is that of the certificate; of other keys than RSA, whether the kind is the same.
    static boolean fits(PrivateKey key, X509Certificate certificate) {
        if (key instanceof RSAPrivateCrtKey secret && certificate.getPublicKey() instanceof RSAPublicKey open) {
            return secret.getModulus().equals(open.getModulus());
        }
        return key instanceof ECPrivateKey
                && certificate.getPublicKey() instanceof ECPublicKey open
                && verifies(open, key);
    }

    /// Whether what `secret` signs is signed by the owner of `open`.
    private static boolean verifies(ECPublicKey open, PrivateKey secret) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(secret);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherCurve) {
            return false;
        }
    }
}
