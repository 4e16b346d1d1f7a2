package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.api.Kms.KeyMetadata;
import dev.cloudjar.kernel.Keys;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// KMS in a world of its own.
final class KmsUnderTest implements AutoCloseable {
    private final Trial trial;

    KmsUnderTest(Trial trial) {
        this.trial = trial;
    }

    static KmsUnderTest fresh() {
        return new KmsUnderTest(Trial.of(new Service.Entry("kms", KmsService::new, Set.of(Keys.class))));
    }

    KmsUnderTest as(String account, String region) {
        return new KmsUnderTest(trial.as(account, region));
    }

    Trial trial() {
        return trial;
    }

    <R extends Struct> R call(Struct request) {
        return trial.call(request);
    }

    void passDays(long days) {
        trial.pass(Duration.ofDays(days));
    }

    KeyMetadata create(Kms.CreateKeyRequest request) {
        return this.<Kms.CreateKeyResponse>call(request).keyMetadata().orElseThrow();
    }

    String symmetric() {
        return create(new Kms.CreateKeyRequest()).keyId();
    }

    String key(Spec spec, Spec.Usage usage) {
        return create(new Kms.CreateKeyRequest().keySpec(spec.name()).keyUsage(usage.name()))
                .keyId();
    }

    KeyMetadata describe(String key) {
        return this.<Kms.DescribeKeyResponse>call(new Kms.DescribeKeyRequest().keyId(key))
                .keyMetadata()
                .orElseThrow();
    }

    String state(String key) {
        return describe(key).keyState().orElseThrow();
    }

    Blob encrypt(String key, String text, Map<String, String> context) {
        return this.<Kms.EncryptResponse>call(new Kms.EncryptRequest()
                        .keyId(key)
                        .plaintext(Blob.of(text))
                        .encryptionContext(context))
                .ciphertextBlob()
                .orElseThrow();
    }

    String decrypt(Blob ciphertext, Map<String, String> context) {
        return this.<Kms.DecryptResponse>call(
                        new Kms.DecryptRequest().ciphertextBlob(ciphertext).encryptionContext(context))
                .plaintext()
                .orElseThrow()
                .utf8();
    }

    String refusal(Struct request) {
        return Trial.refusal(() -> call(request));
    }

    @Override
    public void close() {
        trial.close();
    }
}
