package dev.cloudjar.services.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Keys;
import dev.cloudjar.kernel.Keys.DataKey;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.trial.Trial;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Other services keep data under KMS's keys, and a key that is shut shuts their data.
class ServiceKeysTest {
    private static final Map<String, String> CONTEXT = Map.of("aws:s3:arn", "arn:aws:s3:::b");

    private final KmsUnderTest kms = KmsUnderTest.fresh();
    private final Keys keys = kms.trial().world().port(Keys.class).orElseThrow();

    @AfterEach
    void close() {
        kms.close();
    }

    private DataKey generate(String name) {
        return kms.trial().within(() -> keys.generate(name, CONTEXT));
    }

    private Blob open(DataKey sealed, Map<String, String> context) {
        return kms.trial().within(() -> keys.open(sealed.sealed(), context));
    }

    @Test
    void theKeyOfAServiceIsMadeOnFirstUse() {
        DataKey made = generate("alias/aws/s3");

        assertThat(open(made, CONTEXT)).isEqualTo(made.plaintext());
        assertThat(Trial.refusal(() -> open(made, Map.of()))).isEqualTo("InvalidCiphertextException");
        assertThat(kms.describe("alias/aws/s3").arn()).contains(made.key().toString());
    }

    @Test
    void aDisabledKeyShutsTheData() {
        String key = kms.symmetric();
        DataKey made = generate("key/" + key);
        kms.call(new Kms.DisableKeyRequest().keyId(key));

        assertThat(Trial.refusal(() -> open(made, CONTEXT))).startsWith("DisabledException");
        assertThat(Trial.refusal(() -> generate(key))).startsWith("DisabledException");
        kms.call(new Kms.EnableKeyRequest().keyId(key));
        assertThat(open(made, CONTEXT)).isEqualTo(made.plaintext());
    }

    @Test
    void aKeyOfAnotherAccountIsNamedByItsArnAndAKeyThatCannotEncryptIsRefused() {
        String arn = kms.as(Trial.OTHER, Trial.REGION)
                .create(new Kms.CreateKeyRequest())
                .arn()
                .orElseThrow();
        DataKey made = generate(arn);

        assertThat(made.key().toString()).isEqualTo(arn);
        assertThat(open(made, CONTEXT)).isEqualTo(made.plaintext());
        String signing = kms.key(Spec.ECC_NIST_P256, Spec.Usage.SIGN_VERIFY);
        assertThat(Trial.refusal(() -> generate(signing))).startsWith("InvalidKeyUsageException");
        assertThat(Trial.refusal(() -> generate("alias/none"))).startsWith("NotFoundException");
    }
}
