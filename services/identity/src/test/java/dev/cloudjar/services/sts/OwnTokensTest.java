package dev.cloudjar.services.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.WebTokens;
import dev.cloudjar.services.iam.IamService;
import dev.cloudjar.services.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens by which an account vouches for its principals are signed with keys that everybody can read.
class OwnTokensTest {
    private final Trial trial = Trial.of(
            new Entry("iam", IamService::new, Set.of(Identities.class, WebTokens.class)),
            new Entry("sts", StsService::new));

    @AfterEach
    void close() {
        trial.close();
    }

    private static Sts.GetWebIdentityTokenRequest asking(String algorithm) {
        return new Sts.GetWebIdentityTokenRequest()
                .audience(List.of("https://api.example.com"))
                .signingAlgorithm(algorithm)
                .tags(List.of(new Sts.Tag().key("job").value("7")));
    }

    private String enable() {
        Iam.EnableOutboundWebIdentityFederationResponse enabled =
                trial.call(new Iam.EnableOutboundWebIdentityFederationRequest());
        return enabled.issuerIdentifier().orElseThrow();
    }

    @Test
    void aTokenSaysWhoCallsAndIsSignedByThePublishedKeys() {
        String issuer = enable();
        WebTokens tokens = trial.world().port(WebTokens.class).orElseThrow();
        Map<String, ?> keys = trial.within(() -> Json.object(
                        tokens.keySet(issuer.substring("https://".length())).orElseThrow())
                .orElseThrow());
        for (String algorithm : List.of("RS256", "ES384")) {
            Sts.GetWebIdentityTokenResponse given = trial.call(asking(algorithm));
            Jwt token = Jwt.parse(given.webIdentityToken().orElseThrow()).orElseThrow();

            assertThat(token.isSignedBy(Map.copyOf(keys))).as(algorithm).isTrue();
            assertThat(token.claim("iss")).isEqualTo(issuer).endsWith(".tokens.sts.global.api.aws");
            assertThat(token.claim("sub")).isEqualTo("arn:aws:iam::" + Trial.ACCOUNT + ":root");
            assertThat(token.audiences()).containsExactly("https://api.example.com");
            assertThat(token.seconds("exp").orElseThrow() - token.seconds("iat").orElseThrow())
                    .isEqualTo(300);
            assertThat(token.claims().get("https://sts.amazonaws.com/"))
                    .hasToString("{aws_account=" + Trial.ACCOUNT + ", source_region=" + Trial.REGION
                            + ", request_tags={job=7}}");
        }
    }

    @Test
    void anAccountThatHasNotEnabledItGivesNone() {
        assertThat(Trial.refusal(() -> trial.call(asking("RS256"))))
                .startsWith("OutboundWebIdentityFederationDisabledException ");
        assertThat(Trial.refusal(() -> trial.call(new Iam.GetOutboundWebIdentityFederationInfoRequest())))
                .startsWith("FeatureDisabled ");
        String issuer = enable();
        assertThat(Trial.refusal(this::enable)).startsWith("FeatureEnabled ");
        assertThat(trial.<Iam.GetOutboundWebIdentityFederationInfoResponse>call(
                                new Iam.GetOutboundWebIdentityFederationInfoRequest())
                        .issuerIdentifier())
                .contains(issuer);
        assertThat(Trial.refusal(() -> trial.call(asking("HS256")))).startsWith("ValidationError ");

        trial.call(new Iam.DisableOutboundWebIdentityFederationRequest());
        assertThat(Trial.refusal(() -> trial.call(asking("RS256"))))
                .startsWith("OutboundWebIdentityFederationDisabledException ");
        assertThat(enable()).isEqualTo(issuer);
    }

    @Test
    void aTokenDoesNotOutliveTheSessionThatAsksForIt() {
        enable();
        var session = new Session(
                "arn:aws:iam::" + Trial.ACCOUNT + ":role/work",
                trial.now(),
                List.of(),
                Map.of("team", "blue"),
                List.of(),
                Map.of(),
                Optional.of(trial.now().plusSeconds(400)));
        Trial work = trial.by(new Principal(
                "arn:aws:sts::" + Trial.ACCOUNT + ":assumed-role/work/monday",
                Trial.ACCOUNT,
                "AROAWORKWORKWORKWORK:monday",
                session));

        Sts.GetWebIdentityTokenResponse given = work.call(asking("RS256").durationSeconds(390));
        Jwt token = Jwt.parse(given.webIdentityToken().orElseThrow()).orElseThrow();
        assertThat(token.claim("sub")).isEqualTo("arn:aws:iam::" + Trial.ACCOUNT + ":role/work");
        assertThat(token.claims().get("https://sts.amazonaws.com/")).asString().contains("principal_tags={team=blue}");
        assertThat(Trial.refusal(() -> work.call(asking("RS256").durationSeconds(410))))
                .startsWith("SessionDurationEscalationException ");
    }
}
