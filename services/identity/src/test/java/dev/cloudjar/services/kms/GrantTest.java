package dev.cloudjar.services.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.Blob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Grants are kept with all that they say until they are retired or revoked.
class GrantTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/reader";

    private final KmsUnderTest kms = KmsUnderTest.fresh();
    private final String key = kms.symmetric();

    @AfterEach
    void close() {
        kms.close();
    }

    private Kms.CreateGrantRequest create() {
        return new Kms.CreateGrantRequest()
                .keyId(key)
                .granteePrincipal(ROLE)
                .retiringPrincipal("s3.amazonaws.com")
                .operations(List.of("Decrypt"))
                .constraints(new Kms.GrantConstraints().encryptionContextSubset(Map.of("a", "b")));
    }

    private List<Kms.GrantListEntry> grants() {
        return kms.<Kms.ListGrantsResponse>call(new Kms.ListGrantsRequest().keyId(key))
                .grants();
    }

    @Test
    void aGrantIsListedWithAllThatItSays() {
        Kms.CreateGrantResponse made = kms.call(create().name("n"));

        Kms.GrantListEntry told = grants().getFirst();
        assertThat(told.grantId()).isEqualTo(made.grantId());
        assertThat(told.keyId()).contains("arn:aws:kms:eu-central-1:111122223333:key/" + key);
        assertThat(told.issuingAccount()).contains("arn:aws:iam::111122223333:root");
        assertThat(told.operations()).containsExactly("Decrypt");
        assertThat(told.constraints().orElseThrow().encryptionContextSubset()).containsEntry("a", "b");
        Kms.ListGrantsResponse retirable =
                kms.call(new Kms.ListRetirableGrantsRequest().retiringPrincipal("s3.amazonaws.com"));
        assertThat(retirable.grants()).containsExactly(told);
        assertThat(kms.<Kms.CreateGrantResponse>call(create().name("n")).grantId())
                .as("the same grant by the same name")
                .isEqualTo(made.grantId());
        assertThat(kms.<Kms.CreateGrantResponse>call(create()).grantId()).isNotEqualTo(made.grantId());
    }

    @Test
    void aTokenIsTakenWithCallsAndRetiresItsGrant() {
        String token = kms.<Kms.CreateGrantResponse>call(create()).grantToken().orElseThrow();
        var encrypt = new Kms.EncryptRequest().keyId(key).plaintext(Blob.of("s"));
        kms.call(encrypt.grantTokens(List.of(token)));

        assertThat(kms.refusal(encrypt.grantTokens(List.of("x")))).isEqualTo("InvalidGrantTokenException");
        kms.call(new Kms.RetireGrantRequest().grantToken(token));
        assertThat(grants()).isEmpty();
        assertThat(kms.refusal(new Kms.RetireGrantRequest().grantToken(token))).startsWith("NotFoundException");
        assertThat(kms.refusal(new Kms.RetireGrantRequest().grantToken(token).keyId(key)))
                .startsWith("ValidationException");
    }

    @Test
    void aRevokedGrantIsGone() {
        String id = kms.<Kms.CreateGrantResponse>call(create()).grantId().orElseThrow();
        var revoke = new Kms.RevokeGrantRequest().keyId(key).grantId(id);
        assertThat(kms.refusal(revoke.dryRun(true))).startsWith("DryRunOperationException");
        kms.call(revoke.dryRun(false));

        assertThat(kms.refusal(revoke)).isEqualTo("NotFoundException Grant ID " + id + " not found");
    }

    @Test
    void whatCannotBeGrantedIsRefused() {
        assertThat(kms.refusal(create().operations(List.of("Sign")))).startsWith("ValidationException Grant operation");
        assertThat(kms.refusal(create().granteePrincipal("somebody"))).startsWith("InvalidArnException");
        assertThat(kms.refusal(create().constraints(new Kms.GrantConstraints()
                        .encryptionContextSubset(Map.of("a", "b"))
                        .encryptionContextEquals(Map.of("a", "b")))))
                .startsWith("ValidationException");
        kms.call(new Kms.DisableKeyRequest().keyId(key));
        assertThat(kms.refusal(create())).startsWith("DisabledException");
    }
}
