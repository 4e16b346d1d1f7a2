package dev.cloudjar.services.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.trial.Trial;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a key has encrypted it alone decrypts, in the same context only.
class EncryptionTest {
    private static final Map<String, String> CONTEXT = Map.of("order", "1", "shop", "north");

    private final KmsUnderTest kms = KmsUnderTest.fresh();

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void aCiphertextNamesItsKeyAndOpensInItsContextOnly() {
        String key = kms.symmetric();
        Blob ciphertext = kms.encrypt(key, "secret", CONTEXT);

        assertThat(kms.decrypt(ciphertext, CONTEXT)).isEqualTo("secret");
        assertThat(Trial.refusal(() -> kms.decrypt(ciphertext, Map.of("order", "1"))))
                .isEqualTo("InvalidCiphertextException");
        assertThat(kms.encrypt(key, "secret", CONTEXT)).isNotEqualTo(ciphertext);
    }

    @Test
    void everyAlteredByteIsNoticed() {
        Blob ciphertext = kms.encrypt(kms.symmetric(), "s", Map.of());

        for (int at = 0; at < ciphertext.size(); at++) {
            byte[] altered = ciphertext.bytes().clone();
            altered[at] ^= 1;
            assertThat(Trial.refusal(() -> kms.decrypt(Blob.of(altered), Map.of())))
                    .containsAnyOf("InvalidCiphertextException", "AccessDeniedException The ciphertext refers to");
        }
        assertThat(Trial.refusal(() -> kms.decrypt(Blob.of("x"), Map.of()))).isEqualTo("InvalidCiphertextException");
    }

    @Test
    void anotherKeyThanThatOfTheCiphertextIsRefused() {
        String key = kms.symmetric();
        var request = new Kms.DecryptRequest().ciphertextBlob(kms.encrypt(key, "s", Map.of()));

        assertThat(kms.<Kms.DecryptResponse>call(request.keyId(key)).plaintext())
                .contains(Blob.of("s"));
        assertThat(kms.refusal(request.keyId(kms.symmetric())))
                .isEqualTo("IncorrectKeyException The key ID in the request does not identify a CMK that can perform"
                        + " this operation.");
    }

    @Test
    void anRsaKeyEncryptsAsMuchAsItsPaddingLeavesAndRefusesMore() {
        String key = kms.key(Spec.RSA_2048, Spec.Usage.ENCRYPT_DECRYPT);
        var request = new Kms.EncryptRequest()
                .keyId(key)
                .encryptionAlgorithm("RSAES_OAEP_SHA_256")
                .plaintext(Blob.of(new byte[190]));
        Blob ciphertext =
                kms.<Kms.EncryptResponse>call(request).ciphertextBlob().orElseThrow();

        Kms.DecryptResponse opened = kms.call(new Kms.DecryptRequest()
                .keyId(key)
                .encryptionAlgorithm("RSAES_OAEP_SHA_256")
                .ciphertextBlob(ciphertext));
        assertThat(opened.plaintext()).contains(Blob.of(new byte[190]));
        assertThat(kms.refusal(request.plaintext(Blob.of(new byte[191]))))
                .isEqualTo("ValidationException Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data"
                        + " larger than 190 bytes.");
        assertThat(kms.refusal(request.encryptionAlgorithm("SYMMETRIC_DEFAULT")))
                .isEqualTo("InvalidKeyUsageException Algorithm SYMMETRIC_DEFAULT is incompatible with key spec"
                        + " RSA_2048.");
    }

    @Test
    void aCiphertextMovesToAnotherKeyAndContext() {
        String from = kms.symmetric();
        String to = kms.symmetric();
        Kms.ReEncryptResponse moved = kms.call(new Kms.ReEncryptRequest()
                .ciphertextBlob(kms.encrypt(from, "secret", CONTEXT))
                .sourceEncryptionContext(CONTEXT)
                .destinationKeyId(to)
                .destinationEncryptionContext(Map.of("new", "context")));

        assertThat(kms.decrypt(moved.ciphertextBlob().orElseThrow(), Map.of("new", "context")))
                .isEqualTo("secret");
        assertThat(moved.sourceKeyId().orElseThrow()).endsWith(from);
        assertThat(moved.keyId().orElseThrow()).endsWith(to);
    }

    @Test
    void keysOfOtherAccountsAreUsedByTheirArn() {
        String arn = kms.describe(kms.symmetric()).arn().orElseThrow();
        KmsUnderTest other = kms.as(Trial.OTHER, Trial.REGION);
        Blob ciphertext = other.encrypt(arn, "secret", Map.of());

        assertThat(other.decrypt(ciphertext, Map.of())).isEqualTo("secret");
        assertThat(other.refusal(new Kms.EncryptRequest()
                        .keyId(arn.substring(arn.lastIndexOf('/') + 1))
                        .plaintext(Blob.of("s"))))
                .startsWith("NotFoundException Key 'arn:aws:kms:eu-central-1:444455556666:key/");
        KmsUnderTest elsewhere = kms.as(Trial.ACCOUNT, "us-east-1");
        assertThat(Trial.refusal(() -> elsewhere.decrypt(ciphertext, Map.of())))
                .startsWith("AccessDeniedException The ciphertext refers to");
        assertThat(Trial.refusal(() -> elsewhere.encrypt(arn, "s", Map.of())))
                .isEqualTo("NotFoundException Invalid arn eu-central-1");
    }

    @Test
    void dataKeysComeInTheClearAndSealed() {
        String key = kms.symmetric();
        var request = new Kms.GenerateDataKeyRequest().keyId(key).encryptionContext(CONTEXT);
        Kms.GenerateDataKeyResponse made = kms.call(request.numberOfBytes(64));
        Kms.DecryptResponse opened = kms.call(new Kms.DecryptRequest()
                .ciphertextBlob(made.ciphertextBlob().orElseThrow())
                .encryptionContext(CONTEXT));

        assertThat(made.plaintext().orElseThrow().size()).isEqualTo(64);
        assertThat(opened.plaintext()).isEqualTo(made.plaintext());
        assertThat(kms.refusal(request.keySpec("AES_256")))
                .isEqualTo("ValidationException Please specify either number of bytes or key spec.");
        Kms.GenerateDataKeyWithoutPlaintextResponse blind = kms.call(
                new Kms.GenerateDataKeyWithoutPlaintextRequest().keyId(key).keySpec("AES_128"));
        Kms.DecryptResponse seen = kms.call(
                new Kms.DecryptRequest().ciphertextBlob(blind.ciphertextBlob().orElseThrow()));
        assertThat(seen.plaintext().orElseThrow().size()).isEqualTo(16);
    }

    @Test
    void aPairOfDataKeysBelongsTogether() {
        String key = kms.symmetric();
        Kms.GenerateDataKeyPairResponse made =
                kms.call(new Kms.GenerateDataKeyPairRequest().keyId(key).keyPairSpec("ECC_NIST_P256"));
        Blob secret = made.privateKeyPlaintext().orElseThrow();
        var signer = new Signer("ECDSA_SHA_256", "RAW");
        Blob signature = signer.sign(Spec.ECC_NIST_P256, secret, Blob.of("m"));

        assertThat(signer.verify(Spec.ECC_NIST_P256, made.publicKey().orElseThrow(), Blob.of("m"), signature))
                .isTrue();
        Kms.DecryptResponse opened = kms.call(new Kms.DecryptRequest()
                .ciphertextBlob(made.privateKeyCiphertextBlob().orElseThrow()));
        assertThat(opened.plaintext()).contains(secret);
    }

    @Test
    void aDryRunSaysThatItWouldHaveSucceededOrRefusesAsTheRealOne() {
        String key = kms.symmetric();
        var request =
                new Kms.EncryptRequest().keyId(key).plaintext(Blob.of("s")).dryRun(true);

        assertThat(kms.refusal(request))
                .isEqualTo("DryRunOperationException The request would have succeeded, but the DryRun option is set.");
        kms.call(new Kms.DisableKeyRequest().keyId(key));
        assertThat(kms.refusal(request)).startsWith("DisabledException ").endsWith(" is disabled.");
    }

    @Test
    void theLastUseOfAKeyIsKnown() {
        String key = kms.symmetric();
        var request = new Kms.GetKeyLastUsageRequest().keyId(key);

        assertThat(kms.<Kms.GetKeyLastUsageResponse>call(request).keyLastUsage())
                .isEmpty();
        kms.encrypt(key, "s", Map.of());
        Kms.KeyLastUsageData use =
                kms.<Kms.GetKeyLastUsageResponse>call(request).keyLastUsage().orElseThrow();
        assertThat(use.operation()).contains("Encrypt");
        assertThat(use.timestamp()).contains(kms.trial().now());
    }
}
