package dev.cloudjar.services.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.trial.Trial;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signatures and message authentication codes hold for what was signed and for nothing else.
class SignatureTest {
    private final KmsUnderTest kms = KmsUnderTest.fresh();

    @AfterEach
    void close() {
        kms.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Spec.class,
            names = {"RSA_2048", "ECC_.*", "ML_DSA_.*"},
            mode = EnumSource.Mode.MATCH_ANY)
    void everyAlgorithmOfEveryKeySignsAndVerifies(Spec spec) throws GeneralSecurityException {
        String key = kms.key(spec, Spec.Usage.SIGN_VERIFY);
        for (String algorithm : spec.algorithms(Spec.Usage.SIGN_VERIFY)) {
            boolean prehashed = algorithm.equals("ED25519_PH_SHA_512");
            Blob message = prehashed
                    ? Blob.of(MessageDigest.getInstance("SHA-512").digest(new byte[5000]))
                    : Blob.of("to be signed");
            var sign = new Kms.SignRequest()
                    .keyId(key)
                    .message(message)
                    .messageType(prehashed ? "DIGEST" : "RAW")
                    .signingAlgorithm(algorithm);
            Kms.SignResponse signed = kms.call(sign);
            var verify = new Kms.VerifyRequest()
                    .keyId(key)
                    .message(message)
                    .messageType(prehashed ? "DIGEST" : "RAW")
                    .signature(signed.signature().orElseThrow())
                    .signingAlgorithm(algorithm);

            assertThat(kms.<Kms.VerifyResponse>call(verify).signatureValid())
                    .as(algorithm)
                    .contains(true);
            byte[] other = message.bytes().clone();
            other[0] ^= 1;
            assertThat(kms.refusal(verify.message(Blob.of(other)))).isEqualTo("KMSInvalidSignatureException");
        }
    }

    @Test
    void theJdkVerifiesWhatKmsHasSigned() throws GeneralSecurityException {
        String key = kms.key(Spec.RSA_2048, Spec.Usage.SIGN_VERIFY);
        Blob signature = kms.<Kms.SignResponse>call(new Kms.SignRequest()
                        .keyId(key)
                        .message(Blob.of(MessageDigest.getInstance("SHA-384").digest("m".getBytes())))
                        .messageType("DIGEST")
                        .signingAlgorithm("RSASSA_PKCS1_V1_5_SHA_384"))
                .signature()
                .orElseThrow();
        Kms.GetPublicKeyResponse told = kms.call(new Kms.GetPublicKeyRequest().keyId(key));
        Signature check = Signature.getInstance("SHA384withRSA");
        check.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(
                        new X509EncodedKeySpec(told.publicKey().orElseThrow().bytes())));
        check.update("m".getBytes());

        assertThat(check.verify(signature.bytes())).isTrue();
        assertThat(told.signingAlgorithms()).hasSize(6).contains("RSASSA_PSS_SHA_512");
    }

    @Test
    void aDigestMustHaveTheLengthOfItsAlgorithm() {
        String key = kms.key(Spec.ECC_NIST_P384, Spec.Usage.SIGN_VERIFY);
        var sign = new Kms.SignRequest()
                .keyId(key)
                .message(Blob.of(new byte[48]))
                .messageType("DIGEST")
                .signingAlgorithm("ECDSA_SHA_384");

        assertThat(kms.<Kms.SignResponse>call(sign).signature()).isPresent();
        assertThat(kms.refusal(sign.message(Blob.of(new byte[32]))))
                .isEqualTo("ValidationException Digest is invalid length for algorithm ECDSA_SHA_384.");
        assertThat(kms.refusal(sign.signingAlgorithm("ECDSA_SHA_256")))
                .isEqualTo("InvalidKeyUsageException Algorithm ECDSA_SHA_256 is incompatible with key spec"
                        + " ECC_NIST_P384.");
    }

    @Test
    void anExternalMuIsSignedAsIfTheMessageWere() {
        String key = kms.key(Spec.ML_DSA_44, Spec.Usage.SIGN_VERIFY);
        var sign = new Kms.SignRequest()
                .keyId(key)
                .message(Blob.of(new byte[64]))
                .messageType("EXTERNAL_MU")
                .signingAlgorithm("ML_DSA_SHAKE_256");
        Kms.SignResponse signed = kms.call(sign);
        var verify = new Kms.VerifyRequest()
                .keyId(key)
                .message(Blob.of(new byte[64]))
                .messageType("EXTERNAL_MU")
                .signature(signed.signature().orElseThrow())
                .signingAlgorithm("ML_DSA_SHAKE_256");

        assertThat(kms.<Kms.VerifyResponse>call(verify).signatureValid()).contains(true);
        assertThat(kms.refusal(verify.messageType("RAW"))).isEqualTo("KMSInvalidSignatureException");
        assertThat(kms.refusal(sign.message(Blob.of(new byte[63]))))
                .startsWith("ValidationException Digest is invalid");
    }

    @Test
    void authenticationCodesAreThoseOfTheirKey() {
        Stream.of(Spec.HMAC_224, Spec.HMAC_256, Spec.HMAC_384, Spec.HMAC_512).forEach(spec -> {
            String key = kms.key(spec, Spec.Usage.GENERATE_VERIFY_MAC);
            String algorithm = "HMAC_SHA_" + spec.bits();
            Kms.GenerateMacResponse made = kms.call(new Kms.GenerateMacRequest()
                    .keyId(key)
                    .message(Blob.of("m"))
                    .macAlgorithm(algorithm));
            var verify = new Kms.VerifyMacRequest()
                    .keyId(key)
                    .message(Blob.of("m"))
                    .mac(made.mac().orElseThrow())
                    .macAlgorithm(algorithm);

            assertThat(made.mac().orElseThrow().size()).isEqualTo(spec.bits() / 8);
            assertThat(kms.<Kms.VerifyMacResponse>call(verify).macValid()).contains(true);
            assertThat(kms.refusal(verify.message(Blob.of("n")))).isEqualTo("KMSInvalidMacException");
        });
    }

    @Test
    void bothSidesDeriveTheSameSecret() {
        String one = kms.key(Spec.ECC_NIST_P256, Spec.Usage.KEY_AGREEMENT);
        String other = kms.key(Spec.ECC_NIST_P256, Spec.Usage.KEY_AGREEMENT);

        assertThat(shared(one, publicKey(other))).isEqualTo(shared(other, publicKey(one)));
        Blob elsewhere = publicKey(kms.key(Spec.ECC_NIST_P384, Spec.Usage.KEY_AGREEMENT));
        assertThat(Trial.refusal(() -> shared(one, elsewhere))).startsWith("ValidationException The public key");
    }

    private Blob publicKey(String key) {
        return kms.<Kms.GetPublicKeyResponse>call(new Kms.GetPublicKeyRequest().keyId(key))
                .publicKey()
                .orElseThrow();
    }

    private Blob shared(String key, Blob peer) {
        return kms.<Kms.DeriveSharedSecretResponse>call(new Kms.DeriveSharedSecretRequest()
                        .keyId(key)
                        .keyAgreementAlgorithm("ECDH")
                        .publicKey(peer))
                .sharedSecret()
                .orElseThrow();
    }

    @Test
    void aKeyIsUsedForWhatItIsMadeForOnly() {
        String signing = kms.key(Spec.ECC_NIST_P256, Spec.Usage.SIGN_VERIFY);
        String symmetric = kms.symmetric();

        assertThat(kms.refusal(new Kms.EncryptRequest().keyId(signing).plaintext(Blob.of("s"))))
                .isEqualTo("InvalidKeyUsageException "
                        + kms.describe(signing).arn().orElseThrow()
                        + " key usage is SIGN_VERIFY which is not valid for Encrypt.");
        assertThat(kms.refusal(new Kms.GetPublicKeyRequest().keyId(symmetric)))
                .startsWith("UnsupportedOperationException ");
        assertThat(kms.refusal(new Kms.GenerateDataKeyRequest()
                        .keyId(kms.key(Spec.RSA_2048, Spec.Usage.ENCRYPT_DECRYPT))
                        .keySpec("AES_256")))
                .startsWith("InvalidKeyUsageException ");
    }
}
