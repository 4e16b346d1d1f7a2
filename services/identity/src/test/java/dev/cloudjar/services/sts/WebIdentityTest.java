package dev.cloudjar.services.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.services.iam.IamService;
import dev.cloudjar.services.trial.Trial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A role is had for a token that a provider of OpenID Connect on this machine has signed, and for none that
/// differs from it.
class WebIdentityTest {
    private static final String ROLE = "arn:aws:iam::" + Trial.ACCOUNT + ":role/builder";

    private final HttpServer provider =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final String issuer = "localhost:" + provider.getAddress().getPort();
    private final TokenSigner key = TokenSigner.generate();
    private final Trial trial =
            Trial.of(new Entry("iam", IamService::new, Set.of(Identities.class)), new Entry("sts", StsService::new));

    WebIdentityTest() throws IOException, GeneralSecurityException {}

    @BeforeEach
    void trustTheProvider() {
        serve("/.well-known/openid-configuration", Map.of("jwks_uri", "http://" + issuer + "/keys"));
        serve("/keys", Map.of("keys", List.of(key.published())));
        provider.start();
        trial.world().judgedBy(new Judge(trial.world(), false));
        trial.call(new Iam.CreateOpenIDConnectProviderRequest()
                .url("https://" + issuer)
                .clientIdList(List.of("builds"))
                .thumbprintList(List.of("a".repeat(40))));
        trial.call(new Iam.CreateRoleRequest().roleName("builder").assumeRolePolicyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",\
                "Principal":{"Federated":"arn:aws:iam::%2$s:oidc-provider/%1$s"},\
                "Condition":{"StringEquals":{"%1$s:aud":"builds"},"StringLike":{"%1$s:sub":"repo:shop:*"}}}]}""".formatted(
                        issuer, Trial.ACCOUNT)));
    }

    @AfterEach
    void close() {
        provider.stop(0);
        trial.close();
    }

    private void serve(String path, Map<String, ?> document) {
        byte[] body = Json.write(document).getBytes(UTF_8);
        provider.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Map<String, Object> claims() {
        var claims = new HashMap<String, Object>();
        claims.put("iss", "https://" + issuer);
        claims.put("aud", "builds");
        claims.put("sub", "repo:shop:main");
        claims.put("exp", trial.now().plusSeconds(600).getEpochSecond());
        return claims;
    }

    private Sts.AssumeRoleWithWebIdentityResponse assume(String token) {
        return trial.call(new Sts.AssumeRoleWithWebIdentityRequest()
                .roleArn(ROLE)
                .roleSessionName("build")
                .webIdentityToken(token));
    }

    @Test
    void aSignedTokenGivesASession() throws GeneralSecurityException {
        Sts.AssumeRoleWithWebIdentityResponse granted = assume(key.token(claims(), "ES256"));

        assertThat(granted.assumedRoleUser().orElseThrow().arn())
                .isEqualTo("arn:aws:sts::" + Trial.ACCOUNT + ":assumed-role/builder/build");
        assertThat(granted.subjectFromWebIdentityToken()).contains("repo:shop:main");
        assertThat(granted.audience()).contains("builds");
        assertThat(granted.provider()).contains("arn:aws:iam::" + Trial.ACCOUNT + ":oidc-provider/" + issuer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aud | somebody       | InvalidIdentityToken Incorrect token audience
            iss | https://nobody | InvalidIdentityToken No OpenIDConnect provider found in your account for https://nobody
            sub | repo:other:x   | AccessDenied Not authorized to perform sts:AssumeRoleWithWebIdentity
            exp |                | ExpiredTokenException Token expired: current date/time
            """)
    void eachOtherClaimHasItsRefusal(String claim, String value, String refusal) throws GeneralSecurityException {
        Map<String, Object> claims = claims();
        claims.put(claim, value == null ? trial.now().minusSeconds(1).getEpochSecond() : value);
        String token = key.token(claims, "ES256");

        assertThat(Trial.refusal(() -> assume(token))).startsWith(refusal);
    }

    @Test
    void whatTheProviderHasNotSignedIsNotBelieved() throws GeneralSecurityException {
        String stranger = TokenSigner.generate().token(claims(), "ES256");
        String unsigned = key.token(claims(), "none");
        String altered = key.token(claims(), "ES256").replaceFirst("\\.[^.]+\\.", ".e30.");
        String refusal = "InvalidIdentityToken The ID Token provided is not signed by the identity provider";

        assertThat(Trial.refusal(() -> assume(stranger))).isEqualTo(refusal);
        assertThat(Trial.refusal(() -> assume(unsigned))).isEqualTo(refusal);
        assertThat(Trial.refusal(() -> assume(altered))).startsWith("InvalidIdentityToken");
        assertThat(Trial.refusal(() -> assume("not.a-token"))).startsWith("InvalidIdentityToken The ID Token provided");
    }

    @Test
    void aProviderThatDoesNotAnswerIsSaidSo() throws GeneralSecurityException {
        String token = key.token(claims(), "ES256");
        provider.stop(0);

        assertThat(Trial.refusal(() -> assume(token)))
                .startsWith("IDPCommunicationError Couldn't retrieve verification key");
    }
}
