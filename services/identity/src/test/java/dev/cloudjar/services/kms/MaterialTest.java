package dev.cloudjar.services.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Key material changes, is brought by customers, expires, and goes to other regions; what it encrypted stays
/// readable as long as it is there.
class MaterialTest {
    private static final Blob OWN = Blob.of(HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2)));

    private final KmsUnderTest kms = KmsUnderTest.fresh();

    @AfterEach
    void close() {
        kms.close();
    }

    private Kms.GetKeyRotationStatusResponse rotation(String key) {
        return kms.call(new Kms.GetKeyRotationStatusRequest().keyId(key));
    }

    private List<Kms.RotationsListEntry> rotations(String key) {
        return kms.<Kms.ListKeyRotationsResponse>call(new Kms.ListKeyRotationsRequest().keyId(key))
                .rotations();
    }

    @Test
    void materialChangesByTheClockAndTheOldDecrypts() {
        String key = kms.symmetric();
        Blob old = kms.encrypt(key, "old", Map.of());
        String first = kms.describe(key).currentKeyMaterialId().orElseThrow();
        assertThat(rotation(key).keyRotationEnabled()).contains(false);
        kms.call(new Kms.EnableKeyRotationRequest().keyId(key).rotationPeriodInDays(90));
        assertThat(rotation(key).nextRotationDate()).contains(kms.trial().now().plus(Duration.ofDays(90)));
        kms.passDays(89);
        assertThat(rotations(key)).isEmpty();
        kms.passDays(1);

        assertThat(rotations(key)).hasSize(1);
        assertThat(rotations(key).getFirst().rotationType()).contains("AUTOMATIC");
        assertThat(kms.describe(key).currentKeyMaterialId().orElseThrow()).isNotEqualTo(first);
        assertThat(kms.decrypt(old, Map.of())).isEqualTo("old");
        assertThat(kms.decrypt(kms.encrypt(key, "new", Map.of()), Map.of())).isEqualTo("new");
        kms.call(new Kms.DisableKeyRotationRequest().keyId(key));
        kms.passDays(900);
        assertThat(rotations(key)).hasSize(1);
    }

    @Test
    void aDisabledKeyMakesUpForItsRotationWhenItIsEnabled() {
        String key = kms.symmetric();
        kms.call(new Kms.EnableKeyRotationRequest().keyId(key));
        kms.call(new Kms.DisableKeyRequest().keyId(key));
        kms.passDays(400);
        assertThat(rotations(key)).isEmpty();
        kms.call(new Kms.EnableKeyRequest().keyId(key));

        assertThat(rotations(key)).hasSize(1);
        assertThat(rotation(key).nextRotationDate()).contains(kms.trial().now().plus(Duration.ofDays(365)));
    }

    @Test
    void materialChangesOnDemandAFewTimes() {
        String key = kms.symmetric();
        var rotate = new Kms.RotateKeyOnDemandRequest().keyId(key);
        for (int i = 0; i < 25; i++) {
            kms.call(rotate);
        }

        assertThat(rotations(key))
                .hasSize(25)
                .allMatch(each -> each.rotationType().orElseThrow().equals("ON_DEMAND"));
        assertThat(kms.refusal(rotate)).startsWith("LimitExceededException ");
        assertThat(kms.refusal(new Kms.RotateKeyOnDemandRequest()
                        .keyId(kms.key(Spec.HMAC_256, Spec.Usage.GENERATE_VERIFY_MAC))))
                .startsWith("UnsupportedOperationException ");
    }

    private Kms.GetParametersForImportResponse parameters(String key, String algorithm) {
        return kms.call(new Kms.GetParametersForImportRequest()
                .keyId(key)
                .wrappingAlgorithm(algorithm)
                .wrappingKeySpec("RSA_2048"));
    }

    private static Blob wrapped(Kms.GetParametersForImportResponse parameters, String algorithm, Blob secret) {
        return Pairs.encrypt(Spec.RSA_2048, algorithm, parameters.publicKey().orElseThrow(), secret);
    }

    private Kms.ImportKeyMaterialRequest bring(String key, Blob secret) {
        String algorithm = "RSAES_OAEP_SHA_256";
        Kms.GetParametersForImportResponse parameters = parameters(key, algorithm);
        return new Kms.ImportKeyMaterialRequest()
                .keyId(key)
                .importToken(parameters.importToken().orElseThrow())
                .encryptedKeyMaterial(wrapped(parameters, algorithm, secret))
                .expirationModel("KEY_MATERIAL_DOES_NOT_EXPIRE");
    }

    private String external() {
        return kms.create(new Kms.CreateKeyRequest().origin("EXTERNAL")).keyId();
    }

    @Test
    void importedMaterialEncryptsUntilItIsDeletedAndAfterItIsBroughtAgain() {
        String key = external();
        assertThat(kms.state(key)).isEqualTo("PendingImport");
        assertThat(Trial.refusal(() -> kms.encrypt(key, "s", Map.of())))
                .startsWith("KMSInvalidStateException")
                .endsWith(" is pending import.");
        kms.call(bring(key, OWN));
        assertThat(kms.state(key)).isEqualTo("Enabled");
        assertThat(kms.describe(key).expirationModel()).contains("KEY_MATERIAL_DOES_NOT_EXPIRE");
        Blob ciphertext = kms.encrypt(key, "secret", Map.of());
        kms.call(new Kms.DeleteImportedKeyMaterialRequest().keyId(key));

        assertThat(kms.state(key)).isEqualTo("PendingImport");
        assertThat(kms.refusal(bring(key, Blob.of(new byte[32])))).startsWith("IncorrectKeyMaterialException");
        kms.call(bring(key, OWN));
        assertThat(kms.decrypt(ciphertext, Map.of())).isEqualTo("secret");
    }

    @Test
    void importedMaterialExpiresByTheClock() {
        String key = external();
        var request = bring(key, OWN).expirationModel("KEY_MATERIAL_EXPIRES");
        assertThat(kms.refusal(request))
                .isEqualTo("ValidationException A validTo date must be set if the ExpirationModel is"
                        + " KEY_MATERIAL_EXPIRES");
        kms.call(request.validTo(kms.trial().now().plus(Duration.ofDays(2))));
        assertThat(kms.describe(key).validTo()).contains(kms.trial().now().plus(Duration.ofDays(2)));
        kms.passDays(2);

        assertThat(kms.state(key)).isEqualTo("PendingImport");
        assertThat(kms.describe(key).validTo()).isEmpty();
    }

    @Test
    void anImportIsHeldToItsTokenAndItsWrapping() {
        String key = external();
        var request = bring(key, OWN);

        assertThat(kms.refusal(bring(external(), OWN).keyId(key))).isEqualTo("InvalidImportTokenException");
        assertThat(kms.refusal(bring(key, OWN).encryptedKeyMaterial(Blob.of(new byte[256]))))
                .isEqualTo("InvalidCiphertextException");
        assertThat(kms.refusal(bring(key, Blob.of(new byte[31])))).startsWith("IncorrectKeyMaterialException");
        assertThat(kms.refusal(bring(key, OWN).keyId(kms.symmetric())))
                .startsWith("UnsupportedOperationException")
                .endsWith("origin is AWS_KMS which is not valid for this operation.");
        kms.passDays(2);
        assertThat(kms.refusal(request)).isEqualTo("ExpiredImportTokenException");
    }

    @Test
    void aLargeKeyIsWrappedByWayOfAes() throws GeneralSecurityException {
        String key = kms.create(new Kms.CreateKeyRequest()
                        .origin("EXTERNAL")
                        .keySpec("RSA_2048")
                        .keyUsage("SIGN_VERIFY"))
                .keyId();
        Pairs.Pair pair = Pairs.generate(Spec.RSA_2048);
        Kms.GetParametersForImportResponse parameters = parameters(key, "RSA_AES_KEY_WRAP_SHA_256");
        Cipher wrap = Cipher.getInstance("AES/KWP/NoPadding");
        wrap.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(OWN.bytes(), "AES"));
        byte[] rest = wrap.doFinal(pair.privateKey().bytes());
        byte[] head = wrapped(parameters, "RSA_AES_KEY_WRAP_SHA_256", OWN).bytes();
        byte[] whole = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, whole, head.length, rest.length);
        kms.call(new Kms.ImportKeyMaterialRequest()
                .keyId(key)
                .importToken(parameters.importToken().orElseThrow())
                .encryptedKeyMaterial(Blob.of(whole))
                .expirationModel("KEY_MATERIAL_DOES_NOT_EXPIRE"));

        Kms.GetPublicKeyResponse told = kms.call(new Kms.GetPublicKeyRequest().keyId(key));
        assertThat(told.publicKey()).contains(pair.publicKey());
        assertThat(kms.refusal(new Kms.GetParametersForImportRequest()
                        .keyId(key)
                        .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                        .wrappingKeySpec("RSA_2048")))
                .startsWith("ValidationException");
    }

    @Test
    void newImportedMaterialTakesOverOnDemand() {
        String key = external();
        kms.call(bring(key, OWN));
        Blob old = kms.encrypt(key, "old", Map.of());
        kms.call(bring(key, Blob.of(new byte[32])).importType("NEW_KEY_MATERIAL"));
        String before = kms.describe(key).currentKeyMaterialId().orElseThrow();
        kms.call(new Kms.RotateKeyOnDemandRequest().keyId(key));

        assertThat(kms.describe(key).currentKeyMaterialId().orElseThrow()).isNotEqualTo(before);
        assertThat(kms.decrypt(old, Map.of())).isEqualTo("old");
        assertThat(kms.refusal(new Kms.RotateKeyOnDemandRequest().keyId(key))).startsWith("KMSInvalidStateException");
    }

    @Test
    void aReplicaOpensWhatThePrimaryEncryptedAndRotatesWithIt() {
        String key = kms.create(new Kms.CreateKeyRequest().multiRegion(true)).keyId();
        assertThat(key).startsWith("mrk-").hasSize(36);
        kms.call(new Kms.ReplicateKeyRequest()
                .keyId(key)
                .replicaRegion("us-west-2")
                .description("there"));
        KmsUnderTest west = kms.as(Trial.ACCOUNT, "us-west-2");

        assertThat(west.decrypt(kms.encrypt(key, "s", Map.of()), Map.of())).isEqualTo("s");
        Kms.MultiRegionConfiguration told =
                west.describe(key).multiRegionConfiguration().orElseThrow();
        assertThat(told.multiRegionKeyType()).contains("REPLICA");
        assertThat(told.primaryKey().orElseThrow().arn()).contains("arn:aws:kms:eu-central-1:111122223333:key/" + key);
        assertThat(told.replicaKeys())
                .extracting(each -> each.region().orElseThrow())
                .containsExactly("us-west-2");
        kms.call(new Kms.RotateKeyOnDemandRequest().keyId(key));
        assertThat(west.describe(key).currentKeyMaterialId())
                .isEqualTo(kms.describe(key).currentKeyMaterialId());
        assertThat(west.refusal(new Kms.RotateKeyOnDemandRequest().keyId(key)))
                .startsWith("UnsupportedOperationException");
        assertThat(kms.refusal(new Kms.ReplicateKeyRequest().keyId(key).replicaRegion("us-west-2")))
                .startsWith("AlreadyExistsException");
    }

    @Test
    void thePrimaryMovesAndIsDeletedAfterItsLastReplica() {
        String key = kms.create(new Kms.CreateKeyRequest().multiRegion(true)).keyId();
        kms.call(new Kms.ReplicateKeyRequest().keyId(key).replicaRegion("us-west-2"));
        KmsUnderTest west = kms.as(Trial.ACCOUNT, "us-west-2");
        kms.call(new Kms.UpdatePrimaryRegionRequest().keyId(key).primaryRegion("us-west-2"));
        assertThat(kms.describe(key).multiRegionConfiguration().orElseThrow().multiRegionKeyType())
                .contains("REPLICA");
        Kms.ScheduleKeyDeletionResponse said =
                west.call(new Kms.ScheduleKeyDeletionRequest().keyId(key).pendingWindowInDays(10));

        assertThat(said.keyState()).contains("PendingReplicaDeletion");
        assertThat(said.deletionDate()).isEmpty();
        assertThat(west.describe(key).pendingDeletionWindowInDays()).contains(10);
        kms.passDays(30);
        assertThat(west.state(key)).isEqualTo("PendingReplicaDeletion");
        kms.call(new Kms.ScheduleKeyDeletionRequest().keyId(key).pendingWindowInDays(7));
        kms.passDays(7);
        assertThat(west.state(key)).isEqualTo("PendingDeletion");
        kms.passDays(10);
        assertThat(Trial.refusal(() -> west.state(key))).startsWith("NotFoundException");
    }

    @Test
    void materialIsNotInTheDataDirectoryAsItIs(@TempDir Path folder) throws Exception {
        var entry = new Service.Entry("kms", KmsService::new);
        Blob ciphertext;
        String key;
        try (var kept = new KmsUnderTest(Trial.over(World.open(folder, Trial.settings(), List.of(entry))))) {
            key = kept.symmetric();
            ciphertext = kept.encrypt(key, "s", Map.of());
        }
        Path master = folder.resolve("master.key");
        assertThat(Files.getPosixFilePermissions(master)).hasSize(2);
        try (var kept = new KmsUnderTest(Trial.over(World.open(folder, Trial.settings(), List.of(entry))))) {
            assertThat(kept.decrypt(ciphertext, Map.of())).isEqualTo("s");
        }
        Files.write(master, new byte[32]);
        try (var other = new KmsUnderTest(Trial.over(World.open(folder, Trial.settings(), List.of(entry))))) {
            assertThatThrownBy(() -> other.decrypt(ciphertext, Map.of()))
                    .hasMessageContaining("the master key is not the one");
        }
    }
}
