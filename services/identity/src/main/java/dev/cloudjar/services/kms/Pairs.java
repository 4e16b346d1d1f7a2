package dev.cloudjar.services.kms;

import dev.cloudjar.model.Blob;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.jcajce.interfaces.EdDSAPrivateKey;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jcajce.util.BCJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/// Key pairs by Bouncy Castle: made, read, and used to encrypt and to agree on a secret. Private keys are PKCS
/// #8, public ones SubjectPublicKeyInfo.
final class Pairs {
    static final JcaJceHelper PROVIDER = new BCJcaJceHelper();

    /// Both halves in DER.
    record Pair(Blob privateKey, Blob publicKey) {}

    private Pairs() {}

    /// A new pair; for RSA this takes a while, so it is not for transactions.
    static Pair generate(Spec spec) {
        try {
            KeyPair pair = generator(spec).generateKeyPair();
            return new Pair(
                    Blob.of(pair.getPrivate().getEncoded()),
                    Blob.of(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has " + spec, e);
        }
    }

    private static KeyPairGenerator generator(Spec spec) throws GeneralSecurityException {
        return switch (spec.family()) {
            case RSA -> {
                KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
                rsa.initialize(spec.bits());
                yield rsa;
            }
            case NIST, SECG, SM2 -> {
                KeyPairGenerator curve = PROVIDER.createKeyPairGenerator("EC");
                curve.initialize(new ECGenParameterSpec(spec.algorithm()));
                yield curve;
            }
            case EDWARDS, ML_DSA -> PROVIDER.createKeyPairGenerator(spec.algorithm());
            case AES, HMAC -> throw new IllegalArgumentException(spec + " has no pair");
        };
    }

    private static KeyFactory factory(Spec spec) throws GeneralSecurityException {
        return switch (spec.family()) {
            case RSA -> KeyFactory.getInstance("RSA");
            case NIST, SECG, SM2 -> PROVIDER.createKeyFactory("EC");
            case EDWARDS, ML_DSA -> PROVIDER.createKeyFactory(spec.algorithm());
            case AES, HMAC -> throw new IllegalArgumentException(spec + " has no pair");
        };
    }

    static PrivateKey privateKey(Spec spec, Blob der) throws GeneralSecurityException {
        return factory(spec).generatePrivate(new PKCS8EncodedKeySpec(der.bytes()));
    }

    static PublicKey publicKey(Spec spec, Blob der) throws GeneralSecurityException {
        return factory(spec).generatePublic(new X509EncodedKeySpec(der.bytes()));
    }

    /// The pair of the private key `der`; nothing where that is none of this kind.
    static Optional<Pair> of(Spec spec, Blob der) {
        try {
            PrivateKey key = privateKey(spec, der);
            PublicKey other = publicHalf(spec, key);
            return isOf(spec, other)
                    ? Optional.of(new Pair(Blob.of(key.getEncoded()), Blob.of(other.getEncoded())))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException notOfThisKind) {
            return Optional.empty();
        }
    }

    private static PublicKey publicHalf(Spec spec, PrivateKey key) throws GeneralSecurityException {
        return switch (key) {
            case RSAPrivateCrtKey rsa ->
                factory(spec).generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case ECPrivateKey curve -> {
                var group = curve.getParameters();
                yield factory(spec)
                        .generatePublic(new ECPublicKeySpec(group.getG().multiply(curve.getD()), group));
            }
            case EdDSAPrivateKey edwards -> edwards.getPublicKey();
            case MLDSAPrivateKey lattice -> lattice.getPublicKey();
            default -> throw new IllegalArgumentException("no public key of " + key.getAlgorithm());
        };
    }

    /// Whether the key has the size or lies on the curve of `spec`.
    static boolean isOf(Spec spec, PublicKey key) {
        Blob like = Blob.of(key.getEncoded());
        return switch (spec.family()) {
            case RSA ->
                key instanceof java.security.interfaces.RSAKey rsa
                        && rsa.getModulus().bitLength() == spec.bits();
            case NIST, SECG, SM2 -> key instanceof ECKey && like.size() == generateSize(spec);
            case EDWARDS, ML_DSA -> key.getAlgorithm().equalsIgnoreCase(spec.algorithm());
            case AES, HMAC -> false;
        };
    }

    private static int generateSize(Spec spec) {
        return generate(spec).publicKey().size();
    }

    static Blob encrypt(Spec spec, String algorithm, Blob publicKey, Blob plaintext) {
        try {
            Cipher cipher = cipher(spec);
            cipher.init(Cipher.ENCRYPT_MODE, publicKey(spec, publicKey), padding(algorithm));
            return Blob.of(cipher.doFinal(plaintext.bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a plaintext of " + plaintext + " for " + spec, e);
        }
    }

    /// The plaintext; nothing where this key did not encrypt it so.
    static Optional<Blob> decrypt(Spec spec, String algorithm, Blob privateKey, Blob ciphertext) {
        try {
            Cipher cipher = cipher(spec);
            cipher.init(Cipher.DECRYPT_MODE, privateKey(spec, privateKey), padding(algorithm));
            return Optional.of(Blob.of(cipher.doFinal(ciphertext.bytes())));
        } catch (GeneralSecurityException | ArrayIndexOutOfBoundsException | IllegalArgumentException altered) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(Spec spec) throws GeneralSecurityException {
        return spec == Spec.SM2 ? PROVIDER.createCipher("SM2") : Cipher.getInstance("RSA/ECB/OAEPPadding");
    }

    private static OAEPParameterSpec padding(String algorithm) {
        boolean sha1 = algorithm.endsWith("SHA_1");
        return new OAEPParameterSpec(
                sha1 ? "SHA-1" : "SHA-256",
                "MGF1",
                sha1 ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256,
                PSource.PSpecified.DEFAULT);
    }

    /// The most bytes that RSA encrypts by `algorithm`.
    static int longest(Spec spec, String algorithm) {
        int digest = algorithm.endsWith("SHA_1") ? 20 : 32;
        return spec.family() == Spec.Family.RSA ? spec.bits() / 8 - 2 * digest - 2 : 1024;
    }

    /// The secret that both sides work out; nothing where `peer` is no key of the same curve.
    static Optional<Blob> agree(Spec spec, Blob privateKey, Blob peer) {
        try {
            PublicKey other = publicKey(spec, peer);
            if (!isOf(spec, other)) {
                return Optional.empty();
            }
            KeyAgreement agreement = PROVIDER.createKeyAgreement("ECDH");
            agreement.init(privateKey(spec, privateKey));
            agreement.doPhase(other, true);
            return Optional.of(Blob.of(agreement.generateSecret()));
        } catch (GeneralSecurityException | IllegalArgumentException notOnThisCurve) {
            return Optional.empty();
        }
    }
}
