package dev.cloudjar.conformance.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Keys encrypt, sign, are shut and die, and the secrets under them with them.
@OnCloud(alone = true)
@Tag("acceptance")
class KeyTest {
    private final TestCloud cloud;
    private final KmsClient kms;
    private final SecretsManagerClient secrets;

    KeyTest(TestCloud cloud) {
        this.cloud = cloud;
        this.kms = Clients.with(KmsClient.builder(), cloud);
        this.secrets = Clients.with(SecretsManagerClient.builder(), cloud);
    }

    @AfterEach
    void close() {
        kms.close();
        secrets.close();
    }

    private String symmetric() {
        return kms.createKey().keyMetadata().keyId();
    }

    @Test
    void whatIsEncryptedOpensInItsContextOnly() {
        String key = symmetric();
        SdkBytes ciphertext = kms.encrypt(r -> r.keyId(key)
                        .plaintext(SdkBytes.fromUtf8String("secret"))
                        .encryptionContext(Map.of("order", "1")))
                .ciphertextBlob();
        DecryptResponse opened = kms.decrypt(r -> r.ciphertextBlob(ciphertext).encryptionContext(Map.of("order", "1")));

        assertThat(opened.plaintext().asUtf8String()).isEqualTo("secret");
        assertThat(opened.keyId()).endsWith(key);
        assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)))
                .isInstanceOf(InvalidCiphertextException.class);
    }

    @Test
    void aDataKeyIsOpenedByItsCiphertext() {
        String key = symmetric();
        GenerateDataKeyResponse made = kms.generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_256));

        assertThat(kms.decrypt(r -> r.ciphertextBlob(made.ciphertextBlob())).plaintext())
                .isEqualTo(made.plaintext());
    }

    @Test
    void aSignatureHoldsUnderThePublicKey() throws GeneralSecurityException {
        String key = kms.createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .keyId();
        SdkBytes message = SdkBytes.fromUtf8String("to be signed");
        byte[] signed = kms.sign(
                        r -> r.keyId(key).message(message).signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
                .signature()
                .asByteArray();
        byte[] publicKey = kms.getPublicKey(r -> r.keyId(key)).publicKey().asByteArray();
        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey)));
        check.update(message.asByteArray());

        assertThat(check.verify(signed)).isTrue();
    }

    @Test
    void aDisabledKeyShutsTheSecretThatItEncrypts() {
        String key = symmetric();
        secrets.createSecret(r -> r.name("shut").secretString("secret").kmsKeyId(key));
        kms.disableKey(r -> r.keyId(key));

        assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("shut")))
                .hasMessageContaining("can't decrypt the protected secret text");
        assertThatThrownBy(() -> kms.generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_256)))
                .isInstanceOf(DisabledException.class);
        kms.enableKey(r -> r.keyId(key));
        assertThat(secrets.getSecretValue(r -> r.secretId("shut")).secretString())
                .isEqualTo("secret");
    }

    @Test
    void aKeyAndASecretAreGoneWhenTheirTimeIsOver() {
        String key = symmetric();
        kms.createAlias(r -> r.aliasName("alias/mortal").targetKeyId(key));
        kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
        secrets.createSecret(r -> r.name("mortal").secretString("secret"));
        secrets.deleteSecret(r -> r.secretId("mortal").recoveryWindowInDays(7L));

        assertThat(kms.describeKey(r -> r.keyId("alias/mortal")).keyMetadata().keyState())
                .isEqualTo(KeyState.PENDING_DELETION);
        assertThatThrownBy(() -> kms.enableKey(r -> r.keyId(key))).isInstanceOf(KmsInvalidStateException.class);
        cloud.advance(Duration.ofDays(7));
        assertThatThrownBy(() -> kms.describeKey(r -> r.keyId("alias/mortal"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> secrets.describeSecret(r -> r.secretId("mortal")))
                .hasMessageContaining("can't find the specified secret");
    }
}
