package dev.cloudjar.services.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A key is enabled, disabled, and deleted when its waiting period has passed.
class KeyLifeTest {
    private final KmsUnderTest kms = KmsUnderTest.fresh();

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void aNewKeyIsDescribedWithAllThatAwsTells() {
        Kms.KeyMetadata told = kms.create(new Kms.CreateKeyRequest().description("orders"));

        assertThat(told.arn()).contains("arn:aws:kms:eu-central-1:111122223333:key/" + told.keyId());
        assertThat(told.enabled()).contains(true);
        assertThat(told.keyState()).contains("Enabled");
        assertThat(told.keyManager()).contains("CUSTOMER");
        assertThat(told.origin()).contains("AWS_KMS");
        assertThat(told.keySpec()).isEqualTo(told.customerMasterKeySpec()).contains("SYMMETRIC_DEFAULT");
        assertThat(told.encryptionAlgorithms()).containsExactly("SYMMETRIC_DEFAULT");
        assertThat(told.hasSigningAlgorithms()).isFalse();
        assertThat(told.multiRegion()).contains(false);
        assertThat(told.creationDate()).contains(kms.trial().now());
        assertThat(told.currentKeyMaterialId().orElseThrow()).hasSize(64);
        assertThat(kms.describe(told.keyId())).isEqualTo(told);
    }

    @Test
    void whatAKeyCannotBeIsRefused() {
        var rsa = new Kms.CreateKeyRequest().keySpec("RSA_2048");

        assertThat(kms.refusal(rsa))
                .isEqualTo("ValidationException You must specify a KeyUsage value for all KMS keys except for symmetric"
                        + " encryption keys.");
        assertThat(kms.refusal(rsa.keyUsage("GENERATE_VERIFY_MAC")))
                .isEqualTo("ValidationException KeyUsage GENERATE_VERIFY_MAC is not compatible with KeySpec RSA_2048");
        assertThat(kms.refusal(
                        new Kms.CreateKeyRequest().customKeyStoreId("cks-1").origin("AWS_CLOUDHSM")))
                .isEqualTo("CustomKeyStoreNotFoundException Custom key store cks-1 is not found.");
        assertThat(kms.refusal(new Kms.CreateKeyRequest().keySpec("SM2").keyUsage("SIGN_VERIFY")))
                .startsWith("UnsupportedOperationException");
    }

    @Test
    void aDisabledKeyIsOfNoUseUntilItIsEnabled() {
        String key = kms.symmetric();
        Blob ciphertext = kms.encrypt(key, "s", Map.of());
        kms.call(new Kms.DisableKeyRequest().keyId(key));

        assertThat(kms.state(key)).isEqualTo("Disabled");
        assertThat(Trial.refusal(() -> kms.decrypt(ciphertext, Map.of())))
                .isEqualTo("DisabledException arn:aws:kms:eu-central-1:111122223333:key/" + key + " is disabled.");
        kms.call(new Kms.EnableKeyRequest().keyId(key));
        assertThat(kms.decrypt(ciphertext, Map.of())).isEqualTo("s");
    }

    @Test
    void aKeyIsDeletedWhenItsWaitingPeriodIsOver() {
        String key = kms.symmetric();
        kms.call(new Kms.CreateAliasRequest().aliasName("alias/a").targetKeyId(key));
        Blob ciphertext = kms.encrypt(key, "s", Map.of());
        Kms.ScheduleKeyDeletionResponse said =
                kms.call(new Kms.ScheduleKeyDeletionRequest().keyId(key).pendingWindowInDays(7));

        assertThat(said.deletionDate()).contains(kms.trial().now().plus(Duration.ofDays(7)));
        assertThat(said.keyState()).contains("PendingDeletion");
        assertThat(kms.describe(key).deletionDate()).isEqualTo(said.deletionDate());
        assertThat(Trial.refusal(() -> kms.decrypt(ciphertext, Map.of())))
                .isEqualTo("KMSInvalidStateException " + arn(key) + " is pending deletion.");
        kms.passDays(7);
        assertThat(Trial.refusal(() -> kms.describe(key)))
                .isEqualTo("NotFoundException Key '" + arn(key) + "' does not exist");
        assertThat(Trial.refusal(() -> kms.describe("alias/a"))).startsWith("NotFoundException Alias ");
        assertThat(Trial.refusal(() -> kms.decrypt(ciphertext, Map.of()))).startsWith("AccessDeniedException ");
    }

    @Test
    void aDeletionThatIsCancelledLeavesTheKeyDisabled() {
        String key = kms.symmetric();
        var cancel = new Kms.CancelKeyDeletionRequest().keyId(key);
        assertThat(kms.refusal(cancel)).isEqualTo("KMSInvalidStateException " + arn(key) + " is not pending deletion.");
        kms.call(new Kms.ScheduleKeyDeletionRequest().keyId(key));
        kms.passDays(29);
        kms.call(cancel);

        assertThat(kms.state(key)).isEqualTo("Disabled");
        kms.passDays(10);
        assertThat(kms.state(key)).isEqualTo("Disabled");
        assertThat(kms.refusal(new Kms.ScheduleKeyDeletionRequest().keyId(key).pendingWindowInDays(6)))
                .startsWith("ValidationException");
    }

    @Test
    void aKeyThatIsToBeDeletedCannotBeChanged() {
        String key = kms.symmetric();
        List<Struct> changes = List.of(
                new Kms.DisableKeyRequest().keyId(key),
                new Kms.EnableKeyRequest().keyId(key),
                new Kms.UpdateKeyDescriptionRequest().keyId(key).description("d"),
                new Kms.TagResourceRequest()
                        .keyId(key)
                        .tags(List.of(new Kms.Tag().tagKey("k").tagValue("v"))),
                new Kms.CreateAliasRequest().aliasName("alias/b").targetKeyId(key),
                new Kms.EnableKeyRotationRequest().keyId(key),
                new Kms.ScheduleKeyDeletionRequest().keyId(key));

        changes.forEach(kms::call);

        assertThat(changes)
                .allSatisfy(change -> assertThat(kms.refusal(change))
                        .isEqualTo("KMSInvalidStateException " + arn(key) + " is pending deletion."));
    }

    @Test
    void keysAreListedPageByPage() {
        List<String> made = Stream.generate(kms::symmetric).limit(5).sorted().toList();
        Kms.ListKeysResponse first = kms.call(new Kms.ListKeysRequest().limit(3));
        Kms.ListKeysResponse rest = kms.call(
                new Kms.ListKeysRequest().limit(3).marker(first.nextMarker().orElseThrow()));

        assertThat(first.truncated()).contains(true);
        assertThat(rest.truncated()).contains(false);
        assertThat(Stream.of(first, rest)
                        .flatMap(page -> page.keys().stream())
                        .map(entry -> entry.keyId().orElseThrow()))
                .containsExactlyElementsOf(made);
        assertThat(kms.refusal(new Kms.ListKeysRequest().marker("x")))
                .isEqualTo("InvalidMarkerException Could not deserialize marker 'x'");
    }

    @Test
    void theKeyOfAServiceIsMadeWhenItIsFirstLookedAtAndBelongsToAws() {
        assertThat(Trial.refusal(() -> kms.describe("alias/aws/nothing"))).startsWith("NotFoundException");
        Kms.KeyMetadata told = kms.describe("alias/aws/s3");

        assertThat(told.keyManager()).contains("AWS");
        assertThat(kms.describe("alias/aws/s3").keyId()).isEqualTo(told.keyId());
        assertThat(kms.refusal(new Kms.ScheduleKeyDeletionRequest().keyId(told.keyId())))
                .startsWith("AccessDeniedException User: arn:aws:iam::111122223333:root is not authorized to perform:"
                        + " kms:ScheduleKeyDeletion");
        assertThat(Trial.refusal(() -> kms.encrypt("alias/aws/s3", "s", Map.of())))
                .startsWith("AccessDeniedException");
    }

    @Test
    void tagsAreKeptAndHeldToTheirRules() {
        String key = kms.symmetric();
        var tag = new Kms.TagResourceRequest().keyId(key);
        kms.call(tag.tags(List.of(
                new Kms.Tag().tagKey("a").tagValue("1"),
                new Kms.Tag().tagKey("b").tagValue(""))));
        kms.call(new Kms.UntagResourceRequest().keyId(key).tagKeys(List.of("a")));

        Kms.ListResourceTagsResponse told = kms.call(new Kms.ListResourceTagsRequest().keyId(key));
        assertThat(told.tags()).containsExactly(new Kms.Tag().tagKey("b").tagValue(""));
        assertThat(kms.refusal(tag.tags(List.of(new Kms.Tag().tagKey("aws:x").tagValue("1")))))
                .startsWith("TagException");
        assertThat(kms.refusal(tag.tags(List.of(
                        new Kms.Tag().tagKey("x").tagValue("1"),
                        new Kms.Tag().tagKey("x").tagValue("2")))))
                .startsWith("TagException");
    }

    @Test
    void aPolicyThatLocksEverybodyOutIsRefused() {
        String key = kms.symmetric();
        var put = new Kms.PutKeyPolicyRequest().keyId(key);
        String open = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                + "\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
        kms.call(put.policy(open));

        assertThat(kms.<Kms.GetKeyPolicyResponse>call(new Kms.GetKeyPolicyRequest().keyId(key))
                        .policy())
                .contains(open);
        assertThat(kms.refusal(put.policy(open.replace("kms:*", "kms:Encrypt"))))
                .isEqualTo("MalformedPolicyDocumentException The new key policy will not allow you to update the key"
                        + " policy in the future.");
        kms.call(put.bypassPolicyLockoutSafetyCheck(true));
        assertThat(kms.refusal(put.policy("{")).split(" ")[0]).isEqualTo("MalformedPolicyDocumentException");
        assertThat(kms.refusal(new Kms.GetKeyPolicyRequest().keyId(key).policyName("other")))
                .isEqualTo("NotFoundException No such policy exists");
    }

    private static String arn(String key) {
        return "arn:aws:kms:eu-central-1:111122223333:key/" + key;
    }
}
