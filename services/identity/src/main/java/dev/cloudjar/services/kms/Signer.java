package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms.MessageType;
import dev.cloudjar.api.Kms.SigningAlgorithmSpec;
import dev.cloudjar.model.Blob;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.jcajce.interfaces.EdDSAPrivateKey;
import org.bouncycastle.jcajce.interfaces.EdDSAPublicKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Signs and checks signatures by one algorithm of KMS. A message that is raw is digested here; one that is a
/// digest must be one of this algorithm.
final class Signer {
    private static final int MU = 64;
    private static final int SEED_AT = 16;

    private final String algorithm;
    private final String messageType;

    Signer(String algorithm, String messageType) {
        this.algorithm = algorithm;
        this.messageType = messageType;
    }

    /// Refuses a message that this algorithm does not take.
    void check(Blob message) {
        boolean external = messageType.equals(MessageType.EXTERNAL_MU);
        boolean raw = messageType.equals(MessageType.RAW);
        boolean lattice = algorithm.equals(SigningAlgorithmSpec.ML_DSA_SHAKE_256);
        boolean onlyRaw = lattice || algorithm.equals(SigningAlgorithmSpec.ED25519_SHA_512);
        boolean onlyDigest = algorithm.equals(SigningAlgorithmSpec.ED25519_PH_SHA_512);
        if (external != (lattice && !raw) || !external && onlyRaw && !raw || onlyDigest && raw) {
            throw Refusals.INVALID.because(
                    "MessageType %s is not valid for signing algorithm %s.", messageType, algorithm);
        }
        int length = external ? MU : raw ? message.size() : digestLength();
        if (message.size() != length) {
            throw Refusals.INVALID.because("Digest is invalid length for algorithm %s.", algorithm);
        }
    }

    private int digestLength() {
        return algorithm.equals(SigningAlgorithmSpec.SM2DSA)
                ? 32
                : Integer.parseInt(algorithm.substring(algorithm.length() - 3)) / 8;
    }

    Blob sign(Spec spec, Blob privateKey, Blob message) {
        try {
            PrivateKey key = Pairs.privateKey(spec, privateKey);
            if (key instanceof EdDSAPrivateKey edwards && !isRaw()) {
                byte[] seed = Arrays.copyOfRange(edwards.getEncoded(), SEED_AT, SEED_AT + Ed25519.SECRET_KEY_SIZE);
                byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
                Ed25519.signPrehash(seed, 0, new byte[0], message.bytes(), 0, signature, 0);
                return Blob.of(signature);
            }
            Signature signature = scheme();
            signature.initSign(key);
            signature.update(input(message));
            return Blob.of(signature.sign());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Bouncy Castle has " + algorithm, e);
        }
    }

    boolean verify(Spec spec, Blob publicKey, Blob message, Blob signed) {
        try {
            PublicKey key = Pairs.publicKey(spec, publicKey);
            if (key instanceof EdDSAPublicKey edwards && !isRaw()) {
                return signed.size() == Ed25519.SIGNATURE_SIZE
                        && Ed25519.verifyPrehash(
                                signed.bytes(), 0, edwards.getPointEncoding(), 0, new byte[0], message.bytes(), 0);
            }
            Signature signature = scheme();
            signature.initVerify(key);
            signature.update(input(message));
            return signature.verify(signed.bytes());
        } catch (SignatureException notOfThisForm) {
            return false;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Bouncy Castle has " + algorithm, e);
        }
    }

    private boolean isRaw() {
        return messageType.equals(MessageType.RAW);
    }

    private Signature scheme() throws GeneralSecurityException {
        if (algorithm.startsWith("RSASSA_PSS")) {
            Signature signature = Pairs.PROVIDER.createSignature("NONEWITHRSASSA-PSS");
            signature.setParameter(
                    new PSSParameterSpec(digest(), "MGF1", new MGF1ParameterSpec(digest()), digestLength(), 1));
            return signature;
        }
        return Pairs.PROVIDER.createSignature(
                switch (algorithm) {
                    case SigningAlgorithmSpec.ML_DSA_SHAKE_256 -> isRaw() ? "ML-DSA" : "ML-DSA-EXTERNAL-MU";
                    case SigningAlgorithmSpec.ED25519_SHA_512 -> "Ed25519";
                    case SigningAlgorithmSpec.SM2DSA -> "SM3withSM2";
                    default -> algorithm.startsWith("RSASSA_PKCS1") ? "NONEwithRSA" : "NONEwithECDSA";
                });
    }

    /// What the scheme signs: the message itself where it has a digest of its own, else the digest.
    private byte[] input(Blob message) throws GeneralSecurityException, IOException {
        return switch (algorithm) {
            case SigningAlgorithmSpec.ML_DSA_SHAKE_256,
                    SigningAlgorithmSpec.ED25519_SHA_512,
                    SigningAlgorithmSpec.SM2DSA -> message.bytes();
            default -> {
                byte[] digest = isRaw() ? MessageDigest.getInstance(digest()).digest(message.bytes()) : message.bytes();
                yield algorithm.startsWith("RSASSA_PKCS1") ? named(digest) : digest;
            }
        };
    }

    private byte[] named(byte[] digest) throws IOException {
        return new DigestInfo(new AlgorithmIdentifier(digestId(), DERNull.INSTANCE), digest).getEncoded();
    }

    private ASN1ObjectIdentifier digestId() {
        return switch (digestLength()) {
            case 32 -> NISTObjectIdentifiers.id_sha256;
            case 48 -> NISTObjectIdentifiers.id_sha384;
            default -> NISTObjectIdentifiers.id_sha512;
        };
    }

    private String digest() {
        return "SHA-" + algorithm.substring(algorithm.length() - 3);
    }
}
