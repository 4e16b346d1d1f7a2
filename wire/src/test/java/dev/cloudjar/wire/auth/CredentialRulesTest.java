package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whom a request is taken to be from, with and without `--strict`.
class CredentialRulesTest {
    private static final Endpoint QUEUE = Samples.plain("sqs", Protocol.AWS_JSON_1_0);
    private final Authenticator lenient = new Authenticator(Samples.KEYS, CredentialRules.LENIENT);
    private final Authenticator strict = new Authenticator(Samples.KEYS, CredentialRules.STRICT);

    @Test
    void anUnknownKeyIsTheRootOfTheDefaultAccount() throws IOException {
        assertThat(rootOf(lenient, signedBy("test"))).contains("000000000000");
        assertThat(rootOf(lenient, signedBy("AKIAIOSFODNN7EXAMPLE"))).contains("000000000000");
        assertRefused(strict, signedBy("test"));
    }

    @Test
    void twelveDigitsAreTheRootOfThatAccount() throws IOException {
        assertThat(rootOf(lenient, signedBy("123456789012"))).contains("123456789012");
        assertThat(rootOf(lenient, signedBy("12345678901"))).contains("000000000000");
        assertThat(rootOf(lenient, signedBy("12345678901x"))).contains("000000000000");
        assertRefused(strict, signedBy("123456789012"));
    }

    @Test
    void anIssuedKeyIsAlwaysChecked() throws IOException {
        HttpRequest good = SdkSigner.service("sqs").sign();
        assertThat(rootOf(lenient, good)).isEmpty();
        assertThat(rootOf(strict, good)).isEmpty();

        assertRefused(lenient, signedBy(Samples.ID));
        assertRefused(strict, signedBy(Samples.ID));
    }

    @Test
    void unsignedCallsAreRootUnlessStrict() throws IOException {
        HttpRequest request = Samples.request("POST", "/", "", new Headers(), Samples.bytes("{}"));

        assertThat(lenient.authenticate(request, QUEUE, Samples.NOW).identity())
                .isEqualTo(new Identity.Anonymous(Optional.of("000000000000")));
        assertRefused(strict, request);
    }

    @Test
    void s3AndPublicOperationsTakeAnonymousCallers() throws IOException {
        HttpRequest request = Samples.request("GET", "/bucket/key", "", new Headers(), Samples.bytes(""));
        Endpoint open = Samples.endpoint(
                "cognito-idp",
                Protocol.AWS_JSON_1_1,
                Samples.facts(List.of("smithy.api#noAuth"), Optional.empty(), false));

        for (Endpoint endpoint : List.of(Samples.s3(), open)) {
            assertThat(strict.authenticate(request, endpoint, Samples.NOW).identity())
                    .isEqualTo(new Identity.Anonymous(Optional.empty()));
        }
    }

    @Test
    void aBearerTokenIsHandedOn() throws IOException {
        HttpRequest request =
                Samples.request("GET", "/", "", Headers.of("Authorization", "Bearer abc"), Samples.bytes(""));

        assertThat(strict.authenticate(request, QUEUE, Samples.NOW).identity()).isEqualTo(new Identity.Bearer("abc"));
    }

    private static Optional<String> rootOf(Authenticator authenticator, HttpRequest request) throws IOException {
        Identity identity =
                authenticator.authenticate(request, QUEUE, Samples.NOW).identity();
        return identity instanceof Identity.Signed signed ? signed.rootOf() : Optional.of("not signed");
    }

    private static HttpRequest signedBy(String key) throws IOException {
        return SdkSigner.service("sqs").key(key, "not " + Samples.SECRET).sign();
    }

    private static void assertRefused(Authenticator authenticator, HttpRequest request) {
        assertThatThrownBy(() -> authenticator.authenticate(request, QUEUE, Samples.NOW))
                .isInstanceOf(AwsError.class);
    }
}
