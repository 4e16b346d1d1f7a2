package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms.EncryptionAlgorithmSpec;
import dev.cloudjar.api.Kms.KeyAgreementAlgorithmSpec;
import dev.cloudjar.api.Kms.MacAlgorithmSpec;
import dev.cloudjar.api.Kms.SigningAlgorithmSpec;
import java.util.List;

/// A key spec in AWS's words: which kind of key it is, and what can be done with such a key by which algorithms.
enum Spec {
    SYMMETRIC_DEFAULT(Family.AES, "AES", 256),
    RSA_2048(Family.RSA, "RSA", 2048),
    RSA_3072(Family.RSA, "RSA", 3072),
    RSA_4096(Family.RSA, "RSA", 4096),
    ECC_NIST_P256(Family.NIST, "P-256", 256),
    ECC_NIST_P384(Family.NIST, "P-384", 384),
    ECC_NIST_P521(Family.NIST, "P-521", 512),
    ECC_SECG_P256K1(Family.SECG, "secp256k1", 256),
    ECC_NIST_EDWARDS25519(Family.EDWARDS, "Ed25519", 512),
    HMAC_224(Family.HMAC, "HmacSHA224", 224),
    HMAC_256(Family.HMAC, "HmacSHA256", 256),
    HMAC_384(Family.HMAC, "HmacSHA384", 384),
    HMAC_512(Family.HMAC, "HmacSHA512", 512),
    SM2(Family.SM2, "sm2p256v1", 256),
    ML_DSA_44(Family.ML_DSA, "ML-DSA-44", 0),
    ML_DSA_65(Family.ML_DSA, "ML-DSA-65", 0),
    ML_DSA_87(Family.ML_DSA, "ML-DSA-87", 0);

    /// Keys that are made and used alike.
    enum Family {
        AES,
        RSA,
        NIST,
        SECG,
        EDWARDS,
        HMAC,
        SM2,
        ML_DSA
    }

    /// What a key is for.
    enum Usage {
        ENCRYPT_DECRYPT,
        SIGN_VERIFY,
        GENERATE_VERIFY_MAC,
        KEY_AGREEMENT
    }

    private final Family family;
    private final String algorithm;
    private final int bits;

    Spec(Family family, String algorithm, int bits) {
        this.family = family;
        this.algorithm = algorithm;
        this.bits = bits;
    }

    Family family() {
        return family;
    }

    /// The name that Java's providers know the curve, the parameters or the MAC by.
    String algorithm() {
        return algorithm;
    }

    /// The size of the key, or of the digest that belongs to its curve.
    int bits() {
        return bits;
    }

    boolean isSymmetric() {
        return family == Family.AES || family == Family.HMAC;
    }

    boolean allows(Usage usage) {
        return !algorithms(usage).isEmpty();
    }

    /// The algorithms that a key of this kind has for `usage`; none where it is of no use for that.
    List<String> algorithms(Usage usage) {
        return switch (usage) {
            case ENCRYPT_DECRYPT -> encryption();
            case SIGN_VERIFY -> signing();
            case GENERATE_VERIFY_MAC ->
                family == Family.HMAC ? ending(MacAlgorithmSpec.VALUES, Integer.toString(bits)) : List.of();
            case KEY_AGREEMENT ->
                family == Family.NIST || family == Family.SM2 ? KeyAgreementAlgorithmSpec.VALUES : List.of();
        };
    }

    private List<String> encryption() {
        return switch (family) {
            case AES -> List.of(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
            case RSA -> List.of(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1, EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256);
            case SM2 -> List.of(EncryptionAlgorithmSpec.SM2PKE);
            case NIST, SECG, EDWARDS, HMAC, ML_DSA -> List.of();
        };
    }

    private List<String> signing() {
        return switch (family) {
            case RSA -> beginning("RSASSA_");
            case NIST, SECG -> ending(beginning("ECDSA_"), Integer.toString(bits));
            case EDWARDS -> beginning("ED25519_");
            case SM2 -> beginning("SM2DSA");
            case ML_DSA -> beginning("ML_DSA_");
            case AES, HMAC -> List.of();
        };
    }

    private static List<String> beginning(String prefix) {
        return SigningAlgorithmSpec.VALUES.stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    private static List<String> ending(List<String> names, String end) {
        return names.stream().filter(name -> name.endsWith(end)).toList();
    }
}
