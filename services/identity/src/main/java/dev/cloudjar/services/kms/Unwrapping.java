package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.api.Kms.AlgorithmSpec;
import dev.cloudjar.api.Kms.WrappingKeySpec;
import dev.cloudjar.model.Blob;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// How imported material was wrapped: by RSA-OAEP alone, or by an AES key that RSA-OAEP wraps in front of it.
record Unwrapping(Spec spec, boolean throughAes, String padding) {
    static Unwrapping of(Spec spec, String algorithm) {
        return new Unwrapping(spec, algorithm.startsWith("RSA_AES_"), algorithm);
    }

    /// Refuses an algorithm and a wrapping key that do not do for material of `wrapped`.
    static void check(String algorithm, String wrappingSpec, Spec wrapped) {
        if (algorithm.equals(AlgorithmSpec.RSAES_PKCS1_V1_5)) {
            throw Kms.UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "WrappingAlgorithm %s is not supported.", AlgorithmSpec.RSAES_PKCS1_V1_5);
        }
        if (algorithm.equals(AlgorithmSpec.SM2PKE) || wrappingSpec.equals(WrappingKeySpec.SM2)) {
            throw Kms.UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "WrappingKeySpec %s is not supported in this Region.", WrappingKeySpec.SM2);
        }
        boolean large = wrapped.family() == Spec.Family.RSA || wrapped.family() == Spec.Family.ML_DSA;
        if (large && algorithm.startsWith("RSAES_OAEP_")) {
            throw Refusals.INVALID.because("WrappingAlgorithm %s cannot wrap key material of %s.", algorithm, wrapped);
        }
    }

    /// The material; nothing where it was not wrapped so under this key.
    Optional<Blob> unwrap(Blob privateKey, Blob wrapped) {
        if (!throughAes) {
            return Pairs.decrypt(spec, padding, privateKey, wrapped);
        }
        int length = spec.bits() / 8;
        if (wrapped.size() <= length) {
            return Optional.empty();
        }
        Blob head = Blob.of(Arrays.copyOf(wrapped.bytes(), length));
        byte[] rest = Arrays.copyOfRange(wrapped.bytes(), length, wrapped.size());
        return Pairs.decrypt(spec, padding, privateKey, head).flatMap(key -> unwrapByAes(key, rest));
    }

    private static Optional<Blob> unwrapByAes(Blob key, byte[] wrapped) {
        try {
            Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key.bytes(), "AES"));
            return Optional.of(Blob.of(cipher.doFinal(wrapped)));
        } catch (GeneralSecurityException | IllegalArgumentException altered) {
            return Optional.empty();
        }
    }
}
