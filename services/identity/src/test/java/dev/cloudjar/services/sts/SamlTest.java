package dev.cloudjar.services.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.services.iam.IamService;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A role is had for a response that an identity provider has signed, and for none that differs from it.
class SamlTest {
    private static final String PROVIDER = "arn:aws:iam::" + Trial.ACCOUNT + ":saml-provider/idp";
    private static final String ROLE = "arn:aws:iam::" + Trial.ACCOUNT + ":role/outside";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"%s"},
            "Action":["sts:AssumeRoleWithSAML","sts:TagSession"],
            "Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}}]}""".formatted(PROVIDER);

    private final Idp idp = new Idp();
    private final Trial trial =
            Trial.of(new Entry("iam", IamService::new, Set.of(Identities.class)), new Entry("sts", StsService::new));

    @BeforeEach
    void trustTheProvider() {
        trial.world().judgedBy(new Judge(trial.world(), false));
        trial.call(new Iam.CreateSAMLProviderRequest().name("idp").samlMetadataDocument(idp.metadata()));
        trial.call(new Iam.CreateRoleRequest().roleName("outside").assumeRolePolicyDocument(TRUST));
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private String response() {
        return """
                <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0">
                <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
                <Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0">
                <Issuer>https://idp.example.com/saml</Issuer>
                <Subject>
                <NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ada</NameID>
                <SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
                <SubjectConfirmationData NotOnOrAfter="%s" Recipient="https://signin.aws.amazon.com/saml"/>
                </SubjectConfirmation>
                </Subject>
                <Conditions><AudienceRestriction><Audience>urn:amazon:webservices</Audience></AudienceRestriction>
                </Conditions>
                <AttributeStatement>
                <Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">
                <AttributeValue>%s,%s</AttributeValue></Attribute>
                <Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName">
                <AttributeValue>ada@example.com</AttributeValue></Attribute>
                <Attribute Name="https://aws.amazon.com/SAML/Attributes/PrincipalTag:team">
                <AttributeValue>blue</AttributeValue></Attribute>
                </AttributeStatement>
                </Assertion>
                </samlp:Response>
                """.formatted(trial.now().plusSeconds(300), ROLE, PROVIDER);
    }

    private static Sts.AssumeRoleWithSAMLRequest asking(String assertion) {
        return new Sts.AssumeRoleWithSAMLRequest()
                .roleArn(ROLE)
                .principalArn(PROVIDER)
                .samlAssertion(assertion);
    }

    private String refusal(Sts.AssumeRoleWithSAMLRequest request) {
        return Trial.refusal(() -> trial.call(request));
    }

    private String refusalOf(String response) {
        return refusal(asking(idp.signed(response)));
    }

    @Test
    void aSignedResponseGivesASessionThatSaysWhoItIsFor() {
        Sts.AssumeRoleWithSAMLResponse granted = trial.call(asking(idp.signed(response())));

        assertThat(granted.assumedRoleUser().orElseThrow().arn())
                .isEqualTo("arn:aws:sts::" + Trial.ACCOUNT + ":assumed-role/outside/ada@example.com");
        assertThat(granted.subject()).contains("ada");
        assertThat(granted.subjectType()).contains("persistent");
        assertThat(granted.issuer()).contains(Idp.NAME);
        assertThat(granted.audience()).contains("https://signin.aws.amazon.com/saml");
        assertThat(granted.nameQualifier().orElseThrow()).hasSize(28);
        assertThat(granted.packedPolicySize()).contains(1);
        assertThat(granted.credentials().orElseThrow().expiration())
                .isAfter(trial.now().plusSeconds(3_590))
                .isBeforeOrEqualTo(trial.now().plusSeconds(3_600));
    }

    @Test
    void whatIsChangedAfterwardsIsNotSigned() {
        String changed = Idp.decoded(idp.signed(response())).replace(">ada<", ">bob<");

        assertThat(refusal(asking(Idp.encoded(changed)))).isEqualTo("InvalidIdentityToken Response signature invalid");
        assertThat(refusal(asking(Idp.encoded(response()))))
                .isEqualTo("InvalidIdentityToken Response signature invalid");
    }

    @Test
    void anAssertionThatIsWrappedAroundTheSignedOneIsNotBelieved() {
        String signed = Idp.decoded(idp.signed(response()));
        int from = signed.indexOf("<Assertion");
        int to = signed.indexOf("</Assertion>") + "</Assertion>".length();
        String original = signed.substring(from, to);
        String wrapped = signed.substring(0, from)
                + original.replace(">ada<", ">bob<").replace("</Assertion>", original + "</Assertion>")
                + signed.substring(to);

        assertThat(refusal(asking(Idp.encoded(wrapped)))).startsWith("InvalidIdentityToken");
    }

    @Test
    void aDocumentTypeIsNotRead() {
        String typed = Idp.decoded(idp.signed(response()))
                .replaceFirst("<samlp:Response", "<!DOCTYPE r [<!ENTITY x \"y\">]><samlp:Response");

        assertThat(refusal(asking(Idp.encoded(typed)))).startsWith("InvalidIdentityToken");
    }

    @Test
    void eachEditOfAGoodResponseHasItsOwnRefusal() {
        assertThat(refusalOf(response().replace(">" + Idp.NAME, ">https://other.example.com")))
                .isEqualTo("InvalidIdentityToken Issuer not present in specified provider");
        assertThat(refusalOf(response().replace("status:Success", "status:Requester")))
                .startsWith("IDPRejectedClaim ");
        assertThat(refusalOf(response().replace("urn:amazon:webservices", "urn:other")))
                .isEqualTo("InvalidIdentityToken Response does not contain the required audience");
        assertThat(refusalOf(response().replace("Attributes/RoleSessionName", "Attributes/Other")))
                .isEqualTo("InvalidIdentityToken RoleSessionName is required in AuthnResponse");
        assertThat(refusalOf(response().replace("ada@example.com", "ada ada")))
                .isEqualTo("InvalidIdentityToken RoleSessionName in AuthnResponse must match"
                        + " [a-zA-Z_0-9+=,.@-]{2,64}");
        assertThat(refusalOf(response().replace(ROLE, ROLE + "-other")))
                .isEqualTo("AccessDenied Not authorized to perform sts:AssumeRoleWithSAML");
        assertThat(refusalOf(response().replace("saml\"/>", "saml2\"/>"))).startsWith("InvalidIdentityToken ");
        assertThat(refusal(asking(idp.signed(response())).principalArn(PROVIDER + "2")))
                .isEqualTo("InvalidIdentityToken Specified provider doesn't exist");
        assertThat(refusal(asking(idp.signed(response())).durationSeconds(7200)))
                .startsWith("ValidationError The requested DurationSeconds exceeds");
    }

    @Test
    void aResponseIsGoodForAWhileOnly() {
        String signed = idp.signed(response());
        trial.pass(Duration.ofMinutes(6));

        assertThat(refusal(asking(signed))).isEqualTo("ExpiredTokenException Response has expired");
    }

    @Test
    void tagsAreGivenOnlyWhereTheRoleLetsThem() {
        trial.call(new Iam.UpdateAssumeRolePolicyRequest()
                .roleName("outside")
                .policyDocument(TRUST.replace(",\"sts:TagSession\"", "")));

        assertThat(refusalOf(response())).isEqualTo("AccessDenied Not authorized to perform sts:AssumeRoleWithSAML");
        trial.call(asking(idp.signed(response().replace("PrincipalTag:team", "Other"))));
    }

    @Test
    void theSessionEndsWhenTheProviderSays() {
        String early = response()
                .replace(
                        "<AttributeStatement>",
                        "<AuthnStatement SessionNotOnOrAfter=\"" + trial.now().plusSeconds(900)
                                + "\"/><AttributeStatement>");
        Sts.AssumeRoleWithSAMLResponse granted = trial.call(asking(idp.signed(early)));

        assertThat(granted.credentials().orElseThrow().expiration())
                .isBeforeOrEqualTo(trial.now().plusSeconds(900));
    }
}
