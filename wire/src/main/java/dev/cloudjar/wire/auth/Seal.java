package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import javax.crypto.Mac;

/// Tells whether a signature belongs to a string to sign, under one key. Belongs to one request.
sealed interface Seal {
    boolean matches(byte[] stringToSign, String signature);

    /// SigV4: the signature is recomputed, and compared without telling by time how far it agrees.
    record Hmac(Mac mac) implements Seal {
        @Override
        public boolean matches(byte[] stringToSign, String signature) {
            String expected = Digests.hex(mac.doFinal(stringToSign));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.ISO_8859_1), signature.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// SigV4a: the signature is verified with the public half of the key that the secret gives.
    record Ecdsa(PublicKey key) implements Seal {
        /// Chunk signatures are filled up with asterisks, for an ECDSA signature has no fixed length.
        @Override
        public boolean matches(byte[] stringToSign, String signature) {
            int end = signature.length();
            while (end > 0 && signature.charAt(end - 1) == '*') {
                end--;
            }
            try {
                byte[] der = HexFormat.of().parseHex(signature, 0, end);
                Signature verifier = Signature.getInstance("SHA256withECDSA");
                verifier.initVerify(key);
                verifier.update(stringToSign);
                return verifier.verify(der);
            } catch (IllegalArgumentException | GeneralSecurityException malformed) {
                return false;
            }
        }
    }
}
