package dev.cloudjar.services.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.Blob;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An alias stands for a key and can be moved to another of its kind.
class AliasTest {
    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:alias/orders";

    private final KmsUnderTest kms = KmsUnderTest.fresh();

    @AfterEach
    void close() {
        kms.close();
    }

    private Kms.CreateAliasRequest create(String name, String key) {
        return new Kms.CreateAliasRequest().aliasName(name).targetKeyId(key);
    }

    @Test
    void anAliasAndItsArnNameTheKey() {
        String key = kms.symmetric();
        kms.call(create("alias/orders", kms.describe(key).arn().orElseThrow()));

        assertThat(kms.describe("alias/orders").keyId()).isEqualTo(key);
        assertThat(kms.describe(ARN).keyId()).isEqualTo(key);
        Blob ciphertext = kms.encrypt("alias/orders", "s", Map.of());
        assertThat(kms.decrypt(ciphertext, Map.of())).isEqualTo("s");
        assertThat(kms.refusal(new Kms.DisableKeyRequest().keyId("alias/orders")))
                .isEqualTo("NotFoundException Invalid keyId alias/orders");
    }

    @Test
    void namesAreHeldToTheirForm() {
        String key = kms.symmetric();
        kms.call(create("alias/orders", key));

        assertThat(kms.refusal(create("alias/orders", key)))
                .isEqualTo("AlreadyExistsException An alias with the name " + ARN + " already exists");
        assertThat(kms.refusal(create("orders", key)))
                .isEqualTo("ValidationException Alias must start with the prefix \"alias/\". Please see"
                        + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        assertThat(kms.refusal(create("alias/aws/orders", key))).startsWith("AccessDeniedException");
        assertThat(kms.refusal(create("alias/b", "nokey"))).isEqualTo("NotFoundException Invalid keyId nokey");
    }

    @Test
    void anAliasMovesToAKeyOfTheSameKindOnly() {
        String first = kms.symmetric();
        String second = kms.symmetric();
        kms.call(create("alias/orders", first));
        Blob old = kms.encrypt("alias/orders", "s", Map.of());
        var update = new Kms.UpdateAliasRequest().aliasName("alias/orders");
        kms.call(update.targetKeyId(second));

        assertThat(kms.describe("alias/orders").keyId()).isEqualTo(second);
        assertThat(kms.decrypt(old, Map.of())).isEqualTo("s");
        assertThat(kms.refusal(update.targetKeyId(kms.key(Spec.ECC_NIST_P256, Spec.Usage.SIGN_VERIFY))))
                .startsWith("ValidationException");
        assertThat(kms.refusal(update.aliasName("alias/none")))
                .isEqualTo("NotFoundException Alias arn:aws:kms:eu-central-1:111122223333:alias/none is not found.");
    }

    @Test
    void aliasesAreListedByKeyAndDeleted() {
        String key = kms.symmetric();
        kms.call(create("alias/orders", key));
        kms.call(create("alias/others", kms.symmetric()));
        Kms.ListAliasesResponse all = kms.call(new Kms.ListAliasesRequest());
        Kms.ListAliasesResponse own = kms.call(new Kms.ListAliasesRequest().keyId(key));

        assertThat(all.aliases())
                .filteredOn(alias -> alias.targetKeyId().isPresent())
                .hasSize(2);
        assertThat(all.aliases())
                .as("what AWS has before it has a key")
                .anyMatch(alias -> alias.aliasName().orElseThrow().equals("alias/aws/s3"));
        assertThat(own.aliases()).hasSize(1);
        assertThat(own.aliases().getFirst().aliasArn()).contains(ARN);
        assertThat(own.aliases().getFirst().creationDate()).contains(kms.trial().now());
        kms.call(new Kms.DeleteAliasRequest().aliasName("alias/orders"));
        assertThat(kms.refusal(new Kms.DeleteAliasRequest().aliasName("alias/orders")))
                .isEqualTo("NotFoundException Alias " + ARN + " is not found.");
    }
}
